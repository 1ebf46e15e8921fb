package io.attested.sms.chain.live;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RpcMeter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts exchanges made for requests, by node. */
final class RequestMeter implements RpcMeter {
    private final Map<String, LongAdder> exchanges = new ConcurrentHashMap<>();

    @Override
    public void roundTrip(String node, Purpose purpose) {
        if (purpose == Purpose.REQUEST) {
            exchanges.computeIfAbsent(node, name -> new LongAdder()).increment();
        }
    }

    @Override
    public void called(String node, String method, Purpose purpose) {}

    @Override
    public void failed(String node, String method, Purpose purpose, ChainFailure.Kind kind) {}

    long most() {
        return exchanges.values().stream().mapToLong(LongAdder::sum).max().orElse(0);
    }

    void reset() {
        exchanges.clear();
    }
}
