package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.follow.TaskReading.Content;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the chain's contracts hold after one block.
 *
 * @param tasks status by name of a task; the deal of task {@code x/n} is {@code x}
 * @param owners owner by name of an asset; app and dataset of deal {@code x} are {@code app x} and {@code data x}
 * @param consumed by name of a dataset's order
 * @param terms what distinguishes two deals of one id, made on two branches
 */
record Ledger(
        Map<String, TaskStatus> tasks,
        Map<String, Address> owners,
        Map<String, BigInteger> consumed,
        Map<String, String> terms) {
    static final Ledger EMPTY = new Ledger(Map.of(), Map.of(), Map.of(), Map.of());
    private static final Instant DEADLINE = Instant.ofEpochSecond(4_000_000_000L);

    Ledger copy() {
        return new Ledger(new HashMap<>(tasks), new HashMap<>(owners), new HashMap<>(consumed), new HashMap<>(terms));
    }

    TaskReading read(String task, BlockRef at) {
        TaskStatus status = tasks.getOrDefault(task, TaskStatus.UNSET);
        Bytes32 id = Names.word(task);
        if (status == TaskStatus.UNSET) {
            return new TaskReading(at, id, Optional.empty());
        }
        String deal = dealOf(task);
        Bytes32 dealId = Names.word(deal);
        Task found = new Task(id, status, dealId, 0, DEADLINE, DEADLINE);
        return new TaskReading(
                at,
                id,
                Optional.of(new Content(
                        found,
                        deal(deal),
                        new App(
                                Names.address("app " + deal),
                                owner("app " + deal),
                                "DOCKER",
                                "image",
                                Bytes32.ZERO,
                                RegisteredBytes.ofText("enclave")),
                        Optional.of(new Dataset(
                                Names.address("data " + deal), owner("data " + deal), "file", Bytes32.ZERO)),
                        new Category(5, Duration.ofHours(1)),
                        true)));
    }

    private Deal deal(String name) {
        return new Deal(
                Names.word(name),
                new Asset(Names.address("app " + name), Address.ZERO),
                Optional.of(new Asset(Names.address("data " + name), Address.ZERO)),
                new Asset(Names.address("pool"), Address.ZERO),
                Bytes32.ZERO,
                Names.address("requester"),
                Names.address("beneficiary"),
                Address.ZERO,
                terms.getOrDefault(name, ""),
                Instant.EPOCH,
                0,
                10,
                5,
                BigInteger.ONE);
    }

    Address owner(String asset) {
        return owners.getOrDefault(asset, Names.address("first owner of " + asset));
    }

    static String dealOf(String task) {
        return task.substring(0, task.indexOf('/'));
    }
}
