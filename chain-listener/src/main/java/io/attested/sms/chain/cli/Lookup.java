package io.attested.sms.chain.cli;

import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.checked.Checked;
import io.attested.sms.chain.checked.CheckedChain;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.Position;
import io.attested.sms.chain.quorum.Consensus;
import io.attested.sms.chain.quorum.NodeStanding;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.Reads;
import io.attested.sms.chain.rpc.RpcMeter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open chain and the blocks one asks about. */
final class Lookup implements AutoCloseable {
    private final CheckedChainSettings settings;
    private final CheckedChain chain;

    private Lookup(CheckedChainSettings settings, CheckedChain chain) {
        this.settings = settings;
        this.chain = chain;
    }

    static Lookup open(CheckedChainSettings settings, InstantSource clock) throws Failure {
        try {
            return new Lookup(settings, CheckedChain.open(settings, RpcMeter.NONE, QuorumEvents.NONE, clock));
        } catch (ChainRefused e) {
            throw Failure.of(e);
        }
    }

    CheckedChain chain() {
        return chain;
    }

    CheckedChainSettings settings() {
        return settings;
    }

    /** A block and why it is asked about. */
    record Place(String role, BlockHeader header) {}

    /** The block of this number, otherwise the settled block and the head. */
    List<Place> places(@Nullable Long number) throws Failure {
        if (number != null) {
            return List.of(new Place("block", header(number)));
        }
        return switch (chain.position()) {
            case Position.Known known ->
                known.single()
                        ? List.of(new Place("head", known.head()))
                        : List.of(new Place("settled", known.settled()), new Place("head", known.head()));
            case Position.Unknown(var failure) -> throw Failure.of(failure);
        };
    }

    private BlockHeader header(long number) throws Failure {
        if (number < 0) {
            throw Failure.usage("--block is a number from 0 on");
        }
        return switch (chain.quorum().ask(Reads.headers(List.of(number)), Purpose.REQUEST)) {
            case Consensus.Agreed<List<Optional<BlockHeader>>> agreed ->
                agreed.value()
                        .getFirst()
                        .orElseThrow(() -> Failure.refused("the nodes have no block " + number
                                + "; expected one up to the head, which `sms chain status` tells"));
            case Consensus.Refused<List<Optional<BlockHeader>>> refused -> throw Failure.of(refused.failure());
        };
    }

    static <T> Checked.Read<T> read(Checked<T> checked) throws Failure {
        return switch (checked) {
            case Checked.Read<T> read -> read;
            case Checked.Unavailable<T>(var failure) -> throw Failure.of(failure);
        };
    }

    /** Nodes that said something else than the others. */
    List<String> disagreed() {
        return chain.quorum().standings().stream()
                .filter(node -> node.disagreements() > 0)
                .map(NodeStanding::node)
                .toList();
    }

    @Override
    public void close() {
        chain.close();
    }
}
