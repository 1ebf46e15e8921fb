package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.rpc.JsonRpcChain;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.ContractCall;
import io.attested.sms.contracts.DatasetView;
import io.attested.sms.contracts.PocoCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real node, asked for facts through the contracts' own views, and for their proofs. */
final class ProofNode implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final URI url;
    private final Address hub;

    ProofNode(URI url, Address hub) {
        this.url = url;
        this.hub = hub;
    }

    /** What the contracts' views say of a task, as facts, and the block they said it at. */
    record Read(BlockRef block, Fact.RightsFact rights) {}

    Read read(String task) {
        TaskFacts facts = facts(task);
        BlockRef block = facts.settled();
        return new Read(
                block,
                new Fact.RightsFact(
                        facts.task(),
                        facts.deal(),
                        facts.category(),
                        app(facts.app().address(), block),
                        facts.dataset().map(dataset -> dataset(dataset.address(), block))));
    }

    private TaskFacts facts(String task) {
        try (JsonRpcChain chain = JsonRpcChain.open(ChainSettings.of(url, 65535, hub))) {
            TaskLookup lookup = chain.task(Bytes32.parse(task));
            assertThat(lookup).isInstanceOf(TaskLookup.Found.class);
            return ((TaskLookup.Found) lookup).facts();
        }
    }

    Fact.AppFact app(Address address, BlockRef block) {
        AppView view = view(hub, PocoCalls.viewApp(address.value()), block);
        return new Fact.AppFact(
                address,
                Registry.current(Registry.Kind.APP, address(address, "registry()", "", block)),
                Address.parse(view.owner()),
                view.type(),
                RegisteredBytes.of(view.multiaddr()),
                Bytes32.of(view.checksum()),
                RegisteredBytes.of(view.mrenclave()));
    }

    Fact.DatasetFact dataset(Address address, BlockRef block) {
        DatasetView view = view(hub, PocoCalls.viewDataset(address.value()), block);
        return new Fact.DatasetFact(
                address,
                Registry.current(Registry.Kind.DATASET, address(address, "registry()", "", block)),
                Address.parse(view.owner()),
                RegisteredBytes.of(view.multiaddr()),
                Bytes32.of(view.checksum()));
    }

    /** @param arguments hexadecimal digits */
    Address address(Address contract, String function, String arguments, BlockRef block) {
        String selector = Hash.sha3String(function).substring(0, 10);
        String word = call(
                        "eth_call",
                        Map.of("to", contract.value(), "data", selector + arguments),
                        Map.of("blockHash", block.hash().value()))
                .asString();
        return Address.parse("0x" + word.substring(26));
    }

    /** One word of what a view of one word answers at the head. */
    Bytes32 word(Address contract, String function, Bytes32 argument, int index) {
        String data =
                Hash.sha3String(function).substring(0, 10) + argument.value().substring(2);
        String answer = call("eth_call", Map.of("to", contract.value(), "data", data), "latest")
                .asString();
        return Bytes32.parse("0x" + answer.substring(2 + 64 * index, 2 + 64 * (index + 1)));
    }

    BlockRef head() {
        JsonNode block = call("eth_getBlockByNumber", "latest", false);
        return new BlockRef(
                Long.decode(block.get("number").asString()),
                Bytes32.parse(block.get("hash").asString()),
                Instant.ofEpochSecond(Long.decode(block.get("timestamp").asString())));
    }

    Bytes32 stateRoot(BlockRef block) {
        return Bytes32.parse(call("eth_getBlockByHash", block.hash().value(), false)
                .get("stateRoot")
                .asString());
    }

    Bytes32 codeHash(Address account) {
        String code = call("eth_getCode", account.value(), "latest").asString();
        return Bytes32.parse(Hash.sha3(code));
    }

    /** Overwrites a word of storage and mines a block on it. */
    void write(Address account, Bytes32 slot, Bytes32 word) {
        call("anvil_setStorageAt", account.value(), slot.value(), word.value());
        call("evm_mine");
    }

    /** All questions of a plan in one HTTP round trip. */
    List<byte[]> answers(ProofPlan plan, BlockRef block) {
        Object pinned = Map.of("blockHash", block.hash().value(), "requireCanonical", true);
        List<Object> batch = new ArrayList<>();
        for (ProofRequest request : plan.requests()) {
            batch.add(request(batch.size(), ProofRequest.METHOD, request.params(pinned)));
        }
        byte[][] answers = new byte[batch.size()][];
        for (JsonNode answer : exchange(batch)) {
            answers[answer.get("id").asInt()] =
                    result(ProofRequest.METHOD, answer).toString().getBytes(StandardCharsets.UTF_8);
        }
        return List.of(answers);
    }

    /** One plan, one round of questions, one verdict. */
    ProofVerdict prove(BlockRef block, Fact... facts) {
        ProofPlan plan = plan(facts);
        return plan.judge(stateRoot(block), answers(plan, block));
    }

    ProofPlan plan(Fact... facts) {
        ProofPlan.Planning planning = ProofPlan.of(hub, List.of(facts));
        assertThat(planning).isInstanceOf(ProofPlan.Planned.class);
        return ((ProofPlan.Planned) planning).plan();
    }

    JsonNode call(String method, Object... params) {
        return result(method, exchange(request(1, method, List.of(params))));
    }

    private static Map<String, Object> request(int id, String method, List<Object> params) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
    }

    private static JsonNode result(String method, JsonNode answer) {
        assertThat(answer.hasNonNull("error")).as(() -> method + ": " + answer).isFalse();
        return answer.path("result");
    }

    private JsonNode exchange(Object body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        try {
            return json.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new AssertionError("the node does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private <T> T view(Address to, ContractCall<T> question, BlockRef block) {
        String answer = call(
                        "eth_call",
                        Map.of("to", to.value(), "data", question.data()),
                        Map.of("blockHash", block.hash().value()))
                .asString();
        Optional<T> view = question.decode(answer);
        return view.orElseThrow(() -> new AssertionError("the view does not decode"));
    }
}
