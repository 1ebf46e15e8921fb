package io.attested.sms.bench.follow;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.testbed.Responder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A node of the synthetic chain. Calls are answered by the hub of a real chain, told that it is in the block asked for. The
 * head is where it is put by {@code synthetic_head}.
 */
final class SyntheticNode implements Responder {
    private static final int AT_BLOCK = 1;

    private final SyntheticChain chain;
    private final Responder hubs;
    private volatile int head;

    SyntheticNode(SyntheticChain chain, Responder hubs) {
        this.chain = chain;
        this.hubs = hubs;
    }

    @Override
    public ObjectNode answer(String method, JsonNode params) {
        return switch (method) {
            case "synthetic_head" -> {
                head = params.path(0).asInt();
                yield result(StringNode.valueOf(chain.hash(head).value()));
            }
            case "eth_blockNumber" -> result(StringNode.valueOf("0x" + Integer.toHexString(head)));
            case "eth_getBlockByNumber" -> result(block(number(params.path(0).asString(""))));
            case "eth_getBlockByHash" -> result(block(number(params.path(0))));
            case "eth_getLogs" -> result(logs(params.path(0)));
            case "eth_call" -> call(params);
            default -> hubs.answer(method, params);
        };
    }

    private JsonNode block(int number) {
        return number < 0 || number > head ? JsonMapper.shared().nullNode() : chain.block(number);
    }

    private ArrayNode logs(JsonNode filter) {
        boolean one = filter.has("blockHash");
        int from = one
                ? number(filter.path("blockHash"))
                : number(filter.path("fromBlock").asString(""));
        int to = one ? from : number(filter.path("toBlock").asString(""));
        Set<String> contracts = new HashSet<>();
        filter.path("address").forEach(contract -> contracts.add(contract.asString("")));
        ArrayNode logs = JsonMapper.shared().createArrayNode();
        for (int number = Math.max(0, from); number <= Math.min(to, head); number++) {
            List<SyntheticEvent> events = chain.events(number);
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).matches(contracts, filter.path("topics"))) {
                    logs.add(chain.log(number, i, events.get(i)));
                }
            }
        }
        return logs;
    }

    private ObjectNode call(JsonNode params) {
        int number = number(params.path(AT_BLOCK).path("blockHash"));
        ArrayNode there = JsonMapper.shared().createArrayNode();
        there.add(params.path(0)).add("latest").addObject();
        there.addObject()
                .put("number", "0x" + Integer.toHexString(number))
                .put("time", "0x" + Long.toHexString(chain.time(number)));
        return hubs.answer("eth_call", there);
    }

    private int number(JsonNode hash) {
        return chain.number(Bytes32.parse(hash.asString("")));
    }

    private int number(String block) {
        return block.startsWith("0x") ? Integer.decode(block) : head;
    }

    private static ObjectNode result(JsonNode value) {
        return JsonMapper.shared().createObjectNode().set("result", value);
    }
}
