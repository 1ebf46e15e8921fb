package io.attested.sms.chain.quorum;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.rpc.Purpose;
import java.time.Duration;
import java.util.List;

/** What happens among the nodes of a quorum. Implementations are safe for many threads, do not block and do not throw. */
public interface QuorumEvents {
    /** Tells nobody. */
    QuorumEvents NONE = new QuorumEvents() {
        @Override
        public void disagreed(String node, Purpose purpose, Duration bench) {}

        @Override
        public void behind(String node, long blocks, Duration bench) {}

        @Override
        public void returned(String node) {}

        @Override
        public void failed(String node, Purpose purpose, ChainFailure failure) {}

        @Override
        public void split(List<String> nodes, Purpose purpose) {}
    };

    /**
     * A node said something else than what enough others agreed on, or what its own hashes contradict; it is benched for
     * so long. Zero: it is not benched, for it tells other blocks, at several heights in a row, than the agreed ones.
     */
    void disagreed(String node, Purpose purpose, Duration bench);

    /** A node's head was so many blocks below the agreed one, look after look; it is benched. */
    void behind(String node, long blocks, Duration bench);

    /** A benched node's time was over and it said what the others said: it counts again. */
    void returned(String node);

    /** A node gave no usable answer. */
    void failed(String node, Purpose purpose, ChainFailure failure);

    /** Nodes answered differently and no group was large enough. */
    void split(List<String> nodes, Purpose purpose);
}
