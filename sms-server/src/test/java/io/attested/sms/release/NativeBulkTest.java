package io.attested.sms.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Field;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.DatasetOrderFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.grant.UnusableDataset;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.secret.SecretId;
import io.attested.sms.standin.IpfsStandIn;
import io.attested.sms.standin.IpfsStandIn.Behaviour;
import io.attested.sms.task.ipfs.GatewaySettings;
import io.attested.sms.task.ipfs.IpfsGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bulk tasks in the native release, iExec contract section 4.7: a gateway on a socket, a chain that a test sets. */
class NativeBulkTest {
    private static final List<Address> DATASETS =
            List.of(TestStore.address(0xd1), TestStore.address(0xd2), TestStore.address(0xd3));
    private static final Address OWNER = TestFacts.DATASET_OWNER;
    private static final Address STRANGER = TestStore.address(0x5749);

    private final IpfsStandIn ipfs = IpfsStandIn.start();
    private final IpfsGateway gateway = IpfsGateway.open(
            new GatewaySettings(ipfs.url(), Duration.ofMinutes(1), 1 << 20, 4), InstantSource.fixed(TestFacts.NOW));

    @TempDir
    private Path folder;

    private NativeScene scene;

    NativeBulkTest(@TempDir Path first) {
        scene = new NativeScene(first, gateway, UnusableDataset.REFUSE);
    }

    @BeforeEach
    void aBulkOfThree() {
        prepare();
    }

    private void prepare() {
        for (Address dataset : DATASETS) {
            scene.chain.judges(dataset, accepted(dataset));
            scene.vault.push(TestStore.push(new SecretId.DatasetKey(dataset), OWNER, key(dataset)));
        }
        scene.chain.knows(task(ipfs.addJson(List.of(ipfs.addJson(orders())))).facts());
    }

    @AfterEach
    void close() {
        scene.close();
        gateway.close();
        ipfs.close();
    }

    private TestFacts task(String bulkCid) {
        return scene.facts().withoutDataset().params("{\"bulk_cid\":\"" + bulkCid + "\"}");
    }

    private static String key(Address dataset) {
        return "key of " + dataset;
    }

    private static DatasetOrderFacts accepted(Address dataset) {
        return new DatasetOrderFacts(Optional.of(registered(dataset)), true, true, Optional.of(OWNER));
    }

    private static Dataset registered(Address dataset) {
        return new Dataset(dataset, OWNER, "/ipfs/" + dataset, TestStore.bytes32(7));
    }

    private static List<Object> orders() {
        return DATASETS.stream().<Object>map(NativeBulkTest::order).toList();
    }

    private static Map<String, Object> order(Address dataset) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("dataset", dataset.checksummed());
        order.put("datasetprice", 0);
        order.put("volume", "9007199254740991");
        order.put("tag", Bytes32.ZERO.toString());
        order.put("apprestrict", Address.ZERO.toString());
        order.put("workerpoolrestrict", Address.ZERO.toString());
        order.put("requesterrestrict", Address.ZERO.toString());
        order.put("salt", Bytes32.ZERO.toString());
        order.put("sign", "0x" + "11".repeat(65));
        return order;
    }

    /** The plaintext when it is granted, otherwise the refusal. */
    private record Redeemed(Optional<JsonNode> document, Optional<Refusal> refusal) {}

    private Redeemed redeem() {
        AskOutcome.Issued challenge = scene.challenge();
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            byte[] runtimeData = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
            RedeemRequest request = scene.redemption(challenge, scene.enclave(), runtimeData);
            return switch (scene.desks.envelopes().redeem(request)) {
                case RedeemOutcome.Granted granted ->
                    new Redeemed(
                            NativeScene.open(opener, granted, runtimeData)
                                    .map(text -> JsonMapper.shared().readTree(text)),
                            Optional.empty());
                case RedeemOutcome.Refused(Refusal refusal) -> new Redeemed(Optional.empty(), Optional.of(refusal));
            };
        }
    }

    private void assertRefused(RefusalCode code, String detail) {
        assertThat(redeem().refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.detail()).contains(detail);
        });
    }

    private AuditEntry last() {
        return scene.entries().getLast();
    }

    @Test
    void everyDatasetOfTheSliceIsInTheEnvelopeInItsOrder() {
        JsonNode document = redeem().document().orElseThrow();

        assertThat(document.has("dataset")).isFalse();
        assertThat(document.path("datasets")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            JsonNode dataset = document.path("datasets").path(i);
            String address = DATASETS.get(i).toString();
            assertThat(dataset.path("address").asString()).isEqualTo(address);
            assertThat(dataset.path("filename").asString()).isEqualTo(address);
            assertThat(dataset.path("key").asString()).isEqualTo(key(DATASETS.get(i)));
            assertThat(dataset.path("url").asString()).isEqualTo("/ipfs/" + address);
            assertThat(dataset.path("checksum").asString())
                    .isEqualTo(TestStore.bytes32(7).toString());
        }
        assertThat(document.path("environment").toString()).doesNotContain("key of ");
        assertThat(last().fields().get(Field.GRANTED))
                .contains(DATASETS.stream().map(Address::toString).toList());
        assertThat(last().fields()).doesNotContainKey(Field.BULK_LEFT_OUT);
    }

    @Test
    void taskWithoutABulkHasNoDatasets() {
        scene.chain.knows(scene.facts().facts());

        JsonNode document = redeem().document().orElseThrow();

        assertThat(document.has("datasets")).isFalse();
        assertThat(document.has("dataset")).isTrue();
        assertThat(ipfs.requests()).isEmpty();
    }

    @Test
    void gatewayIsNotAskedBeforeSignaturesAndEvidenceHold() {
        AskOutcome.Issued challenge = scene.challenge();
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            byte[] runtimeData = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
            RedeemRequest request =
                    scene.redemption(challenge, scene.enclave().withConfigId(new byte[64]), runtimeData);
            assertThat(scene.desks.envelopes().redeem(request))
                    .isInstanceOfSatisfying(
                            RedeemOutcome.Refused.class,
                            refused ->
                                    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.EVIDENCE_WRONG_LAUNCH));
        }
        scene.desks.challenges().ask(scene.request(scene.ask(), scene.pool, scene.pool));
        assertThat(ipfs.requests()).isEmpty();

        assertThat(redeem().document()).isPresent();
        assertThat(ipfs.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"BROKEN", "LYING", "LOST", "REDIRECTING", "COMPRESSED", "ENDLESS"})
    void gatewayThatFailsIsAnOutageAndNeverAnEmptySlice(Behaviour behaviour) {
        ipfs.behave(behaviour);
        int before = scene.entries().size();

        assertRefused(RefusalCode.BULK_LIST_UNAVAILABLE, "the root: ");
        // The nonce counts, the outage is no statement about the task.
        assertThat(scene.entries().stream().skip(before).map(AuditEntry::fields))
                .noneMatch(fields -> fields.containsKey(Field.CODE));

        ipfs.behave(Behaviour.HONEST);
        assertThat(redeem().document()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', the root is no JSON array",
        "'[]', the root has 0 elements",
        "'[\"x\"]', the slice: not a CID",
        "'[1]', element 0 of the root is no CID"
    })
    void rootThatIsNoListIsRefusedAndLogged(String root, String detail) {
        scene.chain.knows(task(ipfs.add(IpfsStandIn.utf8(root))).facts());

        assertRefused(RefusalCode.BULK_LIST_INVALID, detail);
        assertThat(last().fields()).containsEntry(Field.CODE, "bulk.list-invalid");
    }

    @Test
    void sliceThatIsNoListAndACidThatIsNoneAreRefused() {
        for (Object slice : List.of(Map.of(), List.of(), List.of("x"))) {
            scene.chain.knows(task(ipfs.addJson(List.of(ipfs.addJson(slice)))).facts());
            assertRefused(RefusalCode.BULK_LIST_INVALID, "slice");
        }
        scene.chain.knows(task("Qm").facts());
        assertRefused(RefusalCode.BULK_LIST_INVALID, "the root: not a CID");
    }

    private void second(DatasetOrderFacts facts) {
        scene.chain.judges(DATASETS.get(1), facts);
    }

    private void assertSecondRefused(RefusalCode code, String detail) {
        Redeemed redeemed = redeem();
        assertThat(redeemed.refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.detail()).contains(detail);
            assertThat(refusal.use()).contains(new SecretUse.BulkDatasetKey(2));
        });
        assertThat(last().fields()).containsEntry(Field.CODE, code.word());
    }

    @Test
    void datasetThatCannotBeUsedRefusesTheTaskByItsNumber() {
        Optional<Dataset> registered = Optional.of(registered(DATASETS.get(1)));
        second(new DatasetOrderFacts(Optional.empty(), true, true, Optional.of(OWNER)));
        assertSecondRefused(RefusalCode.BULK_DATASET_NOT_USABLE, "dataset 2 of the bulk");
        second(new DatasetOrderFacts(registered, false, true, Optional.of(OWNER)));
        assertSecondRefused(RefusalCode.BULK_DATASET_NOT_USABLE, "does not accept its order");
        second(new DatasetOrderFacts(registered, true, false, Optional.of(OWNER)));
        assertSecondRefused(RefusalCode.BULK_DATASET_NOT_USABLE, "since the settled block");
        second(new DatasetOrderFacts(registered, true, true, Optional.empty()));
        assertSecondRefused(RefusalCode.BULK_DATASET_NOT_USABLE, "since the settled block");
        second(new DatasetOrderFacts(registered, true, true, Optional.of(STRANGER)));
        assertSecondRefused(RefusalCode.SECRET_OWNER_CHANGED, "dataset 2 of the bulk");
        second(accepted(DATASETS.get(1)));
        assertThat(redeem().document()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"9007199254740990, true", "9007199254740989, false"})
    void orderMustBeForEndlesslyManyTasks(String volume, boolean usable) {
        Map<String, Object> order = order(DATASETS.get(1));
        order.put("volume", volume);
        String slice = ipfs.addJson(List.of(order(DATASETS.get(0)), order));
        scene.chain.knows(task(ipfs.addJson(List.of(slice))).facts());

        if (usable) {
            assertThat(redeem().document()).isPresent();
        } else {
            assertSecondRefused(RefusalCode.BULK_DATASET_NOT_USABLE, "fewer than 2^53 - 2 tasks");
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "1000000000"})
    void orderWithAPriceIsNotGivenForNothing(String price) {
        Map<String, Object> order = order(DATASETS.get(1));
        order.put("datasetprice", price);
        String slice = ipfs.addJson(List.of(order(DATASETS.get(0)), order));
        scene.chain.knows(task(ipfs.addJson(List.of(slice))).facts());

        assertSecondRefused(RefusalCode.BULK_DATASET_NOT_USABLE, "asks for a price");
    }

    @Test
    void keyThatNobodyOrAFormerOwnerPushedRefusesTheTask() {
        Address lacking = TestStore.address(0xd4);
        scene.chain.judges(lacking, accepted(lacking));
        String slice = ipfs.addJson(List.of(order(DATASETS.get(0)), order(lacking)));
        scene.chain.knows(task(ipfs.addJson(List.of(slice))).facts());
        assertSecondRefused(RefusalCode.SECRET_MISSING, "the key of dataset 2 of the bulk was never pushed");

        scene.vault.push(TestStore.push(new SecretId.DatasetKey(lacking), STRANGER, "key of another"));
        assertSecondRefused(RefusalCode.SECRET_OWNER_CHANGED, "dataset 2 of the bulk");
    }

    @Test
    void whatTheOriginalDidIsDoneWhereTheOperatorChoseIt() {
        scene.close();
        scene = new NativeScene(folder, gateway, UnusableDataset.BLANK);
        prepare();
        Address lacking = TestStore.address(0xd4);
        scene.chain.judges(lacking, accepted(lacking));
        second(new DatasetOrderFacts(Optional.empty(), false, false, Optional.empty()));
        String slice = ipfs.addJson(
                List.of(order(DATASETS.get(0)), order(DATASETS.get(1)), order(lacking), order(DATASETS.get(2))));
        scene.chain.knows(task(ipfs.addJson(List.of(slice))).facts());

        JsonNode document = redeem().document().orElseThrow();

        assertThat(document.path("datasets")
                        .valueStream()
                        .map(dataset -> dataset.path("address").asString()))
                .containsExactly(DATASETS.get(0).toString(), DATASETS.get(2).toString());
        assertThat(last().fields()).containsEntry(Field.BULK_LEFT_OUT, "2,3");

        ipfs.behave(Behaviour.BROKEN);
        scene.chain.knows(task(ipfs.addJson(List.of("unread"))).facts());
        assertRefused(RefusalCode.BULK_LIST_UNAVAILABLE, "the root: ");
    }

    @Test
    void bulkWithoutAGatewayIsRefusedAsNotServed() {
        scene.close();
        scene = new NativeScene(folder);
        scene.chain.knows(task("Qm").facts());

        assertRefused(RefusalCode.CHAIN_BULK_NOT_SUPPORTED, "no IPFS gateway is configured");
    }

    @Test
    void sameDatasetTwiceIsGivenTwice() {
        String slice = ipfs.addJson(List.of(order(DATASETS.get(0)), order(DATASETS.get(0))));
        scene.chain.knows(task(ipfs.addJson(List.of(slice))).facts());

        assertThat(redeem().document().orElseThrow().path("datasets")).hasSize(2);
    }

    @Test
    void vetoSeenWhileTheListWasReadCounts() throws InterruptedException {
        AskOutcome.Issued challenge = scene.challenge();
        ipfs.behave(Behaviour.SLOW).delay(Duration.ofMillis(1500));
        Thread completing = Thread.ofVirtual().start(() -> {
            while (ipfs.requests().isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
            scene.chain.answers(
                    TestFacts.TASK,
                    new TaskLookup.Unknown(TestFacts.live().facts().head()));
        });
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            byte[] runtimeData = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
            assertThat(scene.desks.envelopes().redeem(scene.redemption(challenge, scene.enclave(), runtimeData)))
                    .isInstanceOfSatisfying(
                            RedeemOutcome.Refused.class,
                            refused ->
                                    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.CHAIN_TASK_NOT_ACTIVE));
        }
        completing.join();
    }
}
