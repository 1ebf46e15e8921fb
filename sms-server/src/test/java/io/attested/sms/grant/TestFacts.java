package io.attested.sms.grant;

import static io.attested.sms.operate.store.TestStore.address;
import static io.attested.sms.operate.store.TestStore.bytes32;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Facts of a live SCONE task on a dataset; a test states what differs. */
public final class TestFacts {
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    public static final Bytes32 TASK = bytes32(0x7a5);
    public static final Address APP = address(0xa99);
    public static final Address APP_OWNER = address(0xa990);
    public static final Address DATASET = address(0xda7a);
    public static final Address DATASET_OWNER = address(0xda7a0);
    public static final Address REQUESTER = address(0x4e9);
    public static final String MR_ENCLAVE = "aa".repeat(32);
    public static final String FSPF_KEY = "bb".repeat(32);
    public static final String FSPF_TAG = "cc".repeat(16);

    private TaskStatus status = TaskStatus.ACTIVE;
    private TaskStatus statusAtHead = TaskStatus.ACTIVE;
    private Instant deadline = NOW.plusSeconds(600);
    private Instant headTime = NOW;
    private int tag = 3;
    private Address poolOwner = address(0x9001);
    private String params = "{}";
    private String mrenclave = MR_ENCLAVE + "|" + FSPF_KEY + "|" + FSPF_TAG;
    private Bytes32 checksum = bytes32(1);
    private Address callback = Address.ZERO;
    private Address datasetOwnerAtMatch = DATASET_OWNER;
    private Address datasetOwner = DATASET_OWNER;
    private Address datasetOwnerAtHead = DATASET_OWNER;
    private Address appOwner = APP_OWNER;
    private Address appOwnerAtHead = APP_OWNER;
    private boolean withDataset = true;

    private TestFacts() {}

    public static TestFacts live() {
        return new TestFacts();
    }

    public TestFacts status(TaskStatus settled, TaskStatus head) {
        status = settled;
        statusAtHead = head;
        return this;
    }

    public TestFacts deadline(Instant instant) {
        deadline = instant;
        return this;
    }

    public TestFacts headTime(Instant instant) {
        headTime = instant;
        return this;
    }

    public TestFacts tag(int bits) {
        tag = bits;
        return this;
    }

    public TestFacts poolOwner(Address owner) {
        poolOwner = owner;
        return this;
    }

    public TestFacts params(String json) {
        params = json;
        return this;
    }

    public TestFacts mrenclave(String text) {
        mrenclave = text;
        return this;
    }

    public TestFacts checksum(Bytes32 value) {
        checksum = value;
        return this;
    }

    public TestFacts callback(Address contract) {
        callback = contract;
        return this;
    }

    public TestFacts withoutDataset() {
        withDataset = false;
        return this;
    }

    public TestFacts datasetOwners(Address atMatch, Address settled, Address head) {
        datasetOwnerAtMatch = atMatch;
        datasetOwner = settled;
        datasetOwnerAtHead = head;
        return this;
    }

    public TestFacts appOwners(Address settled, Address head) {
        appOwner = settled;
        appOwnerAtHead = head;
        return this;
    }

    public TaskFacts facts() {
        Optional<Asset> dataset = withDataset ? Optional.of(new Asset(DATASET, datasetOwnerAtMatch)) : Optional.empty();
        Deal deal = new Deal(
                bytes32(0xdea1),
                new Asset(APP, APP_OWNER),
                dataset,
                new Asset(address(0x9000), poolOwner),
                bytes32(tag),
                REQUESTER,
                REQUESTER,
                callback,
                params,
                NOW.minusSeconds(60),
                0,
                1,
                5,
                BigInteger.ONE);
        return new TaskFacts(
                Provenance.ofOneNode(
                        new SettlementRule.Depth(12),
                        new BlockRef(88, bytes32(88), NOW.minusSeconds(30)),
                        new BlockRef(100, bytes32(100), headTime)),
                new Task(TASK, status, deal.id(), 0, deadline, deadline.plusSeconds(600)),
                deal,
                new App(APP, appOwner, "DOCKER", "image", checksum, RegisteredBytes.ofText(mrenclave)),
                dataset.map(asset -> new Dataset(asset.address(), datasetOwner, "https://data", bytes32(2))),
                new Category(5, Duration.ofSeconds(300)),
                new HeadFacts(statusAtHead, deadline, appOwnerAtHead, dataset.map(ignored -> datasetOwnerAtHead)));
    }
}
