package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure;

/** Where calls to nodes are counted. Implementations are safe for many threads, do not block and do not throw. */
public interface RpcMeter {
    /** Counts nothing. */
    RpcMeter NONE = new RpcMeter() {
        @Override
        public void roundTrip(String node, Purpose purpose) {}

        @Override
        public void called(String node, String method, Purpose purpose) {}

        @Override
        public void failed(String node, String method, Purpose purpose, ChainFailure.Kind kind) {}
    };

    /** One HTTP exchange is about to start. */
    void roundTrip(String node, Purpose purpose);

    /** One question is about to be asked. */
    void called(String node, String method, Purpose purpose);

    /** One question got an error, or no answer; a revert is an answer. */
    void failed(String node, String method, Purpose purpose, ChainFailure.Kind kind);
}
