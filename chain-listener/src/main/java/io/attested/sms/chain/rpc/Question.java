package io.attested.sms.chain.rpc;

import java.util.List;

/** One member of a batch: a method and its parameters, as JSON values. */
record Question(String method, List<Object> params) {
    static Question chainId() {
        return new Question("eth_chainId", List.of());
    }

    static Question latestBlock() {
        return new Question("eth_getBlockByNumber", List.of("latest", false));
    }

    static Question block(long number) {
        return new Question("eth_getBlockByNumber", List.of(Quantity.text(number), false));
    }
}
