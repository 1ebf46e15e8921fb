package io.attested.sms.chain.checked;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainRefused.Reason;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.lens.HubAtBlock;
import io.attested.sms.chain.lens.HubAtBlock.Generation;
import io.attested.sms.chain.lens.LensQuestions;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Node;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is checked once, at start: each node's chain, then by all together the hub and, for proofs, its registries. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final CheckedChainSettings settings;

    Opening(CheckedChainSettings settings) {
        this.settings = settings;
    }

    /** Each node on its own: one of another chain is a mistake in the settings, one that is silent is bad luck. */
    void nodes(List<Node> nodes) {
        List<CompletableFuture<Optional<ChainFailure>>> asked =
                nodes.stream().map(this::asked).toList();
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String node = nodes.get(i).name();
            Optional<ChainFailure> failure = asked.get(i).join();
            failure.filter(why -> why.kind() == Kind.WRONG_CHAIN).ifPresent(why -> {
                throw new ChainRefused(
                        Reason.WRONG_CHAIN,
                        "node " + node + ": " + why.detail() + "; check the node's URL and the configured chain id");
            });
            failure.ifPresent(why -> {
                LOG.warn("chain_node_silent node={} kind={} detail={}", node, why.kind(), why.detail());
                silent.add(node + ": " + why.detail());
            });
        }
        int answered = nodes.size() - silent.size();
        if (answered < settings.quorum().needed()) {
            throw new ChainRefused(
                    settings.nodes().size() == 1 ? Reason.UNREADABLE : Reason.TOO_FEW_NODES,
                    answered + " of " + nodes.size() + " Ethereum nodes can be read, "
                            + settings.quorum().needed() + " are needed (" + String.join("; ", silent)
                            + "); expected JSON-RPC nodes that serve block headers and calls in batches");
        }
    }

    private CompletableFuture<Optional<ChainFailure>> asked(Node node) {
        CompletableFuture<Optional<ChainFailure>> outcome = new CompletableFuture<>();
        Thread.ofVirtual().name("chain-check-" + node.name()).start(() -> {
            try {
                node.ask(Reads.tagged(BlockTag.LATEST, settings.chainId()), Purpose.CHECK);
                outcome.complete(Optional.empty());
            } catch (ReadFailure e) {
                outcome.complete(Optional.of(e.failure()));
            } catch (RuntimeException e) {
                outcome.complete(Optional.of(new ChainFailure(
                        Kind.MALFORMED_ANSWER,
                        "the answer cannot be read (" + e.getClass().getSimpleName() + ")")));
            }
        });
        return outcome;
    }

    /** The hub at the head, as the nodes agree. */
    Found hub(Quorum quorum) {
        try {
            BlockHeader head = Unread.agreed(quorum.head(BlockTag.LATEST, settings.chainId(), Purpose.CHECK))
                    .value();
            LensQuestions questions = new LensQuestions(settings.chainId(), settings.hub(), Optional.empty());
            LensTrip<HubAtBlock> trip = new LensTrip<>(questions.hub(), List.of(head.ref()));
            HubAtBlock hub = Unread.agreed(quorum.ask(trip, Purpose.CHECK))
                    .value()
                    .values()
                    .getFirst();
            HubAtBlock.Poco poco = known(hub);
            return new Found(poco, head, RegistryPaths.read(quorum, poco));
        } catch (Unread e) {
            throw refused(e.failure());
        }
    }

    /** The hub, the block it was found at, and all registries it leads to. */
    record Found(HubAtBlock.Poco hub, BlockHeader head, RegistryPaths paths) {}

    private HubAtBlock.Poco known(HubAtBlock hub) {
        return switch (hub) {
            case HubAtBlock.NotPoco(var block, String why) ->
                throw new ChainRefused(
                        Reason.UNKNOWN_HUB,
                        "no PoCo hub is known at " + settings.hub() + " on chain " + settings.chainId() + " (block "
                                + block.number() + "): " + why + "; set the address of the PoCo hub of this chain");
            case HubAtBlock.Poco poco -> {
                settings.hubCodeHash()
                        .filter(expected -> !expected.equals(poco.codeHash()))
                        .ifPresent(expected -> {
                            throw new ChainRefused(
                                    Reason.WRONG_HUB_CODE,
                                    "the code of the hub " + settings.hub() + " has the keccak256 " + poco.codeHash()
                                            + ", expected " + expected
                                            + "; check the address, or the expected hash after an announced upgrade");
                        });
                yield poco;
            }
        };
    }

    /** Empty below the level of proofs. */
    Optional<Prover> prover(Quorum quorum, Found found) {
        if (settings.level() != TrustLevel.PROOF) {
            return Optional.empty();
        }
        if (found.hub().generation() == Generation.BEFORE_6) {
            throw new ChainRefused(
                    Reason.UNKNOWN_HUB,
                    "where the hub " + settings.hub()
                            + ", older than PoCo 6, keeps its values is not known here, so nothing"
                            + " of it can be proven; set the trust level of a quorum");
        }
        try {
            Prover prover = new Prover(quorum, settings.hub(), found.hub().codeHash(), found.paths());
            prover.hub(found.head());
            return Optional.of(prover);
        } catch (Unread e) {
            throw new ChainRefused(
                    Reason.NO_PROOFS,
                    "what the hub " + settings.hub() + " holds cannot be proven: "
                            + e.failure().detail()
                            + "; expected nodes that serve eth_getProof, or set the trust level of a quorum");
        }
    }

    private static ChainRefused refused(ChainFailure failure) {
        Reason reason = switch (failure.kind()) {
            case WRONG_CHAIN -> Reason.WRONG_CHAIN;
            case DISAGREEMENT -> Reason.TOO_FEW_NODES;
            case UNREACHABLE, TIMEOUT, MALFORMED_ANSWER, RPC_ERROR, HEAD_MOVED, STALE_HEAD, INCONSISTENT, UNPROVEN ->
                Reason.UNREADABLE;
        };
        return new ChainRefused(reason, "the hub cannot be read: " + failure.detail());
    }
}
