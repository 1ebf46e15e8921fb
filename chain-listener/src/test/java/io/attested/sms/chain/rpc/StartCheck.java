package io.attested.sms.chain.rpc;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainRefused.Reason;
import io.attested.sms.chain.ChainSettings;
import java.util.List;
import org.web3j.crypto.Hash;

/** Asks once, at start, whether the node and the hub are those of the settings. */
final class StartCheck {
    private final Node node;
    private final Blocks blocks;
    private final ChainSettings settings;

    StartCheck(Node node, Blocks blocks, ChainSettings settings) {
        this.node = node;
        this.blocks = blocks;
        this.settings = settings;
    }

    /** @throws ChainRefused when the service must not start on this node or hub */
    void run() {
        try {
            BlockRef head = blocks.head();
            Answer answer = node.ask(List.of(
                            new Question("eth_getCode", List.of(settings.hub().value(), Question.pinned(head)))))
                    .getFirst();
            require(Quantity.bytes(answer.result("the hub's code"), "the hub's code"));
        } catch (ReadFailure e) {
            throw refused(e.failure());
        }
    }

    private void require(byte[] code) {
        if (code.length == 0) {
            throw new ChainRefused(
                    Reason.NO_HUB,
                    "there is no contract at the hub's address " + settings.hub() + " on chain " + settings.chainId()
                            + "; set the address of the PoCo hub of this chain");
        }
        Bytes32 found = Bytes32.of(Hash.sha3(code));
        settings.hubCodeHash().filter(expected -> !expected.equals(found)).ifPresent(expected -> {
            throw new ChainRefused(
                    Reason.WRONG_HUB_CODE,
                    "the code of the hub " + settings.hub() + " has the keccak256 " + found + ", expected " + expected
                            + "; check the address, or the expected hash after an announced upgrade");
        });
    }

    private static ChainRefused refused(ChainFailure failure) {
        return switch (failure.kind()) {
            case WRONG_CHAIN ->
                new ChainRefused(
                        Reason.WRONG_CHAIN, failure.detail() + "; check the node's URL and the configured chain id");
            case UNREACHABLE,
                    TIMEOUT,
                    MALFORMED_ANSWER,
                    RPC_ERROR,
                    HEAD_MOVED,
                    STALE_HEAD,
                    INCONSISTENT,
                    DISAGREEMENT,
                    UNPROVEN ->
                new ChainRefused(
                        Reason.UNREADABLE,
                        "the Ethereum node cannot be read: " + failure.detail()
                                + "; expected a JSON-RPC node that serves block headers and calls in batches");
        };
    }
}
