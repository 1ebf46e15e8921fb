package io.attested.sms.bench.soak;

import io.attested.sms.bench.soak.DirectNode.Question;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.ContractCall;
import io.attested.sms.contracts.DatasetView;
import io.attested.sms.contracts.DealView;
import io.attested.sms.contracts.PocoCalls;
import io.attested.sms.contracts.TaskView;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the hub and the assets call by call, each at the hash of a block. */
final class Truth {
    private final DirectNode node;
    private final Address hub;

    Truth(DirectNode node, Address hub) {
        this.node = node;
        this.hub = hub;
    }

    /** The block of a tag such as {@code latest}, a height or a hash; empty when the node has none. */
    Optional<Header> header(String block) {
        String method = block.length() == 66 ? "eth_getBlockByHash" : "eth_getBlockByNumber";
        JsonNode header = node.call(method, block, false);
        return header.isObject() ? Optional.of(Header.of(header)) : Optional.empty();
    }

    Optional<Header> header(long number) {
        return header("0x" + Long.toHexString(number));
    }

    /** A block and the one before. */
    record Header(BlockRef ref, Bytes32 parent) {
        private static Header of(JsonNode block) {
            return new Header(
                    new BlockRef(
                            Long.decode(block.path("number").asString()),
                            Bytes32.parse(block.path("hash").asString()),
                            Instant.ofEpochSecond(
                                    Long.decode(block.path("timestamp").asString()))),
                    Bytes32.parse(block.path("parentHash").asString()));
        }
    }

    /** All of these that exist at the block. */
    BlockTruth at(Header block, Collection<Bytes32> tasks, Collection<Address> assets) {
        List<Bytes32> ids = List.copyOf(tasks);
        List<Address> addresses = List.copyOf(assets);
        List<Question> questions = new ArrayList<>();
        ids.forEach(id -> questions.add(
                call(hub, PocoCalls.viewTask(id.bytes()), block.ref().hash())));
        addresses.forEach(asset ->
                questions.add(call(asset, PocoCalls.owner(), block.ref().hash())));
        List<JsonNode> answers = node.batch(questions);
        Map<Bytes32, Task> known = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Bytes32 id = ids.get(i);
            task(id, answers.get(i)).ifPresent(task -> known.put(id, task));
        }
        Map<Address, Address> owners = new HashMap<>();
        for (int i = 0; i < addresses.size(); i++) {
            Address asset = addresses.get(i);
            owner(answers.get(ids.size() + i)).ifPresent(owner -> owners.put(asset, owner));
        }
        return new BlockTruth(block.ref(), block.parent(), known, owners);
    }

    /** Whether the hub knows the deal at the block. */
    boolean dealExists(Bytes32 block, Bytes32 dealId) {
        Question question = call(hub, PocoCalls.viewDeal(dealId.bytes()), block);
        return PocoCalls.viewDeal(dealId.bytes())
                .decode(node.batch(List.of(question)).getFirst().asString(""))
                .filter(deal -> deal.botSize().signum() > 0)
                .isPresent();
    }

    /** What never changes of a deal and its assets, as the contracts say at the block. */
    Map<String, String> registered(Bytes32 block, Bytes32 dealId) {
        DealView deal = read(hub, PocoCalls.viewDeal(dealId.bytes()), block);
        String app = deal.app().pointer();
        AppView code = read(hub, PocoCalls.viewApp(app), block);
        Address data = Address.parse(deal.dataset().pointer());
        Optional<DatasetView> dataset =
                data.isZero() ? Optional.empty() : Optional.of(read(hub, PocoCalls.viewDataset(data.value()), block));
        return Registered.of(deal, code, dataset);
    }

    private <T> T read(Address to, ContractCall<T> call, Bytes32 block) {
        Question question = call(to, call, block);
        return call.decode(node.batch(List.of(question)).getFirst().asString(""))
                .orElseThrow(() -> new TestbedFailure("the node's own answer cannot be read"));
    }

    private static Question call(Address to, ContractCall<?> call, Bytes32 block) {
        return new Question(
                "eth_call", List.of(Map.of("to", to.value(), "data", call.data()), Map.of("blockHash", block.value())));
    }

    private static Optional<Task> task(Bytes32 id, JsonNode answer) {
        Optional<TaskView> view = PocoCalls.viewTask(id.bytes()).decode(answer.asString(""));
        return view.filter(task -> task.status().signum() != 0)
                .map(task -> new Task(
                        id,
                        TaskStatus.ofCode(task.status().intValueExact()).orElseThrow(),
                        Bytes32.of(task.dealId()),
                        task.index().longValueExact(),
                        Instant.ofEpochSecond(task.contributionDeadline().longValueExact()),
                        Instant.ofEpochSecond(task.finalDeadline().longValueExact())));
    }

    private static Optional<Address> owner(JsonNode answer) {
        return PocoCalls.owner().decode(answer.asString("")).map(Address::parse).filter(owner -> !owner.isZero());
    }
}
