package io.attested.sms.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.identity.Ask;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.operate.store.TestStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The native protocol, rule by rule: each has a test that fails without it. */
class NativeReleaseTest {
    private NativeScene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = new NativeScene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static void assertRefused(AskOutcome outcome, RefusalCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AskOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    private static void assertRefused(RedeemOutcome outcome, RefusalCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RedeemOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    // Asking

    @Test
    void asksOfTheWorkerAuthorisedByThePoolGetAChallengeAndLeaveNoTrace() {
        int before = scene.entries().size();

        AskOutcome.Issued issued = scene.challenge();

        assertThat(Duration.between(scene.clock.instant(), issued.expiresAt()))
                .isBetween(Duration.ofSeconds(100), Duration.ofMinutes(2));
        assertThat(scene.entries()).hasSize(before);
    }

    @Test
    void anAskSignedBySomebodyElseIsRefusedWithoutAskingTheChain() {
        int lookups = scene.chain.lookups();

        assertRefused(
                scene.desks.challenges().ask(scene.request(scene.ask(), scene.pool, scene.pool)),
                RefusalCode.REQUEST_BAD_SIGNATURE);
        assertThat(scene.chain.lookups()).isEqualTo(lookups);
    }

    @Test
    void anAuthorisationSignedBySomebodyElseIsRefusedAndNotLogged() {
        int before = scene.entries().size();

        assertRefused(
                scene.desks.challenges().ask(scene.request(scene.ask(), scene.worker, scene.worker)),
                RefusalCode.REQUEST_BAD_SIGNATURE);
        assertThat(scene.entries()).hasSize(before);
    }

    @Test
    void anAskForAnotherServiceChainOrHubIsRefused() {
        for (IntentDomain other : List.of(
                new IntentDomain(1, scene.domain.hub(), scene.domain.serviceId()),
                new IntentDomain(65535, TestStore.address(1), scene.domain.serviceId()),
                new IntentDomain(65535, scene.domain.hub(), TestStore.bytes32(1)))) {
            AskRequest right = scene.request(scene.ask());
            AskRequest request = new AskRequest(
                    right.chainTaskId(),
                    right.worker(),
                    right.enclaveChallenge(),
                    Optional.empty(),
                    right.poolSignature(),
                    right.ask(),
                    NativeScene.typed(scene.worker, right.ask(), other));
            assertRefused(scene.desks.challenges().ask(request), RefusalCode.REQUEST_BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, REQUEST_EXPIRED", "-60, REQUEST_EXPIRED", "301, REQUEST_DEADLINE_TOO_FAR"})
    void aDeadlineMustBeAheadAndNear(long seconds, RefusalCode code) {
        Ask right = scene.ask();
        Ask ask = new Ask(
                right.chainTaskId(),
                right.stage(),
                right.worker(),
                right.enclaveChallenge(),
                scene.clock.instant().plusSeconds(seconds));

        assertRefused(scene.desks.challenges().ask(scene.request(ask)), code);
    }

    @Test
    void onlyTheStageOfTheRegisteredCodeIsServed() {
        Ask right = scene.ask();
        Ask ask =
                new Ask(right.chainTaskId(), "pre-compute", right.worker(), right.enclaveChallenge(), right.deadline());

        assertRefused(scene.desks.challenges().ask(scene.request(ask)), RefusalCode.REQUEST_STAGE_NOT_SERVED);
    }

    @Test
    void anAskMustSpeakOfWhatWasAuthorised() {
        Ask right = scene.ask();
        Ask ask = new Ask(
                TestStore.bytes32(5), right.stage(), right.worker(), right.enclaveChallenge(), right.deadline());

        assertRefused(scene.desks.challenges().ask(scene.request(ask)), RefusalCode.REQUEST_INCONSISTENT);
    }

    @Test
    void anotherEnclaveChallengeThanOursIsRefusedAndLogged() {
        var other = TestStore.address(0xec);
        Ask right = scene.ask();
        Ask ask = new Ask(right.chainTaskId(), right.stage(), right.worker(), other, right.deadline());
        byte[] authorization = io.attested.sms.identity.IexecDigests.authorization(
                scene.workerAddress().bytes(), TestFacts.TASK, other.bytes());
        AskRequest request = new AskRequest(
                TestFacts.TASK,
                scene.workerAddress(),
                other,
                Optional.empty(),
                NativeScene.personal(scene.pool, authorization),
                ask,
                NativeScene.typed(scene.worker, ask, scene.domain));

        assertRefused(scene.desks.challenges().ask(request), RefusalCode.REQUEST_WRONG_ENCLAVE_CHALLENGE);
        assertThat(last().fields()).containsEntry(Field.CODE, "request.wrong-enclave-challenge");
    }

    @Test
    void aTaskThatIsNotActiveIsRefusedAndLogged() {
        scene.chain.knows(
                scene.facts().status(TaskStatus.ACTIVE, TaskStatus.COMPLETED).facts());

        assertRefused(scene.desks.challenges().ask(scene.request(scene.ask())), RefusalCode.CHAIN_TASK_NOT_ACTIVE);
        assertThat(last().event()).isEqualTo(Event.REFUSED);
        assertThat(last().fields())
                .containsEntry(Field.CODE, "chain.task-not-active")
                .containsEntry(Field.SETTLED_BLOCK, "88")
                .containsEntry(Field.HEAD_BLOCK, "100")
                .containsEntry(Field.DEPTH, "12")
                .containsEntry(Field.TRUST_LEVEL, "single-node");
    }

    @Test
    void anOutageOfTheChainIsNeverARefusalOfTheTask() {
        scene.chain.goDown();

        assertRefused(scene.desks.challenges().ask(scene.request(scene.ask())), RefusalCode.CHAIN_UNAVAILABLE);
    }

    @Test
    void aTaskThatHasNotSettledIsSaidToBeSo() {
        var facts = scene.facts().facts();
        scene.chain.answers(TestFacts.TASK, new TaskLookup.NotSettled(facts.settled(), facts.head()));

        assertRefused(scene.desks.challenges().ask(scene.request(scene.ask())), RefusalCode.CHAIN_NOT_SETTLED);
    }

    @Test
    void aTaskOfABoostedDealIsSaidToBeSo() {
        scene.chain.answers(
                TestFacts.TASK, new TaskLookup.Boosted(scene.facts().facts().head()));

        assertRefused(scene.desks.challenges().ask(scene.request(scene.ask())), RefusalCode.CHAIN_BOOST_NOT_SUPPORTED);
    }

    @Test
    void aHeadThatStandsStillIsAnOutage() {
        scene.chain.answers(
                TestFacts.TASK,
                new TaskLookup.Unavailable(new ChainFailure(ChainFailure.Kind.STALE_HEAD, "the head stands still")));

        assertRefused(scene.desks.challenges().ask(scene.request(scene.ask())), RefusalCode.CHAIN_STALE);
    }

    @Test
    void theSameRefusalIsWrittenOnceAnHour() {
        scene.chain.knows(
                scene.facts().status(TaskStatus.ACTIVE, TaskStatus.COMPLETED).facts());
        int before = scene.entries().size();

        for (int i = 0; i < 5; i++) {
            scene.desks.challenges().ask(scene.request(scene.ask()));
        }
        assertThat(scene.entries()).hasSize(before + 1);

        scene.clock.pass(Duration.ofHours(1));
        scene.chain.knows(scene.facts()
                .status(TaskStatus.ACTIVE, TaskStatus.COMPLETED)
                .headTime(scene.clock.instant())
                .facts());
        scene.desks.challenges().ask(scene.request(scene.ask()));
        assertThat(scene.entries()).hasSize(before + 2);
    }

    @Test
    void oneChallengeIsWorthOneEntryOfARefusalAtMost() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        RedeemRequest request = scene.redemption(challenge, scene.enclave(), data);
        scene.chain.knows(
                scene.facts().status(TaskStatus.ACTIVE, TaskStatus.COMPLETED).facts());
        int before = scene.entries().size();

        assertRefused(scene.desks.envelopes().redeem(request), RefusalCode.CHAIN_TASK_NOT_ACTIVE);
        assertRefused(scene.desks.envelopes().redeem(request), RefusalCode.EVIDENCE_CHALLENGE_USED);
        assertThat(scene.entries()).hasSize(before + 1);
    }

    @Test
    void aWorkerRedeemsNoMoreChallengesForATaskInAnHourThanItMay(@TempDir Path folder) {
        scene.close();
        scene = new NativeScene(folder, 2);
        int before = scene.entries().size();
        for (int i = 0; i < 2; i++) {
            assertThat(redeemAnother()).isInstanceOf(RedeemOutcome.Granted.class);
        }

        assertRefused(redeemAnother(), RefusalCode.REQUEST_TOO_MANY);
        assertThat(scene.entries()).hasSize(before + 2);
    }

    private RedeemOutcome redeemAnother() {
        AskOutcome.Issued challenge = scene.challenge();
        return redeem(challenge, scene.enclave(), NativeScene.json(scene.runtimeData(challenge, publicKey())));
    }

    // Redeeming

    @Test
    void theRegisteredEnclaveGetsExactlyItsTasksSecretsAndTheLogSaysSo() {
        AskOutcome.Issued challenge = scene.challenge();
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            byte[] data = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
            RedeemRequest request = scene.redemption(challenge, scene.enclave(), data);

            RedeemOutcome outcome = scene.desks.envelopes().redeem(request);

            assertThat(outcome).isInstanceOfSatisfying(RedeemOutcome.Granted.class, granted -> {
                assertThat(NativeScene.open(opener, granted, data).orElseThrow())
                        .contains("\"chainTaskId\":\"" + TestFacts.TASK + "\"")
                        .contains("\"worker\":\"" + scene.workerAddress() + "\"")
                        .contains("\"key\":\"" + NativeScene.DATASET_KEY + "\"");
                assertThat(ServiceSignature.verifiesEnvelope(
                                challenge.serviceKey().toByteArray(),
                                request.quote().toByteArray(),
                                granted.envelope(),
                                granted.signature().toByteArray()))
                        .isTrue();
                assertThat(granted.head()).isEqualTo(scene.store.log().head());
            });
            assertThat(last().event()).isEqualTo(Event.GRANTED);
            assertThat(last().fields())
                    .containsEntry(Field.MR_ENCLAVE, TestFacts.MR_ENCLAVE)
                    .containsEntry(Field.TCB_STATUS, "UpToDate")
                    .containsEntry(Field.DEBUG, "false")
                    .containsEntry(Field.TRUST_ROOT, "simulated")
                    .containsKeys(Field.ENVELOPE_DIGEST, Field.GRANTED, Field.MEASUREMENTS_DIGEST);
            assertThat(last().toString()).doesNotContain(NativeScene.DATASET_KEY);
        }
    }

    @Test
    void theDatasetKeyIsNeverInTheApplicationsEnvironment() {
        String document = redeemAndOpen();

        String environment = document.substring(document.indexOf("\"environment\""), document.indexOf("\"dataset\""));
        assertThat(environment).contains("IEXEC_TASK_ID").doesNotContain(NativeScene.DATASET_KEY);
    }

    @Test
    void aChallengeIsRedeemedOnceEvenInParallelAndEvenWhenTheFirstUseFails() throws Exception {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        RedeemRequest request = scene.redemption(challenge, scene.enclave(), data);
        List<Callable<RedeemOutcome>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> scene.desks.envelopes().redeem(request));
        }
        List<RedeemOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<RedeemOutcome> outcome : threads.invokeAll(calls)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).filteredOn(RedeemOutcome.Granted.class::isInstance).hasSize(1);
        outcomes.stream()
                .filter(RedeemOutcome.Refused.class::isInstance)
                .forEach(outcome -> assertRefused(outcome, RefusalCode.EVIDENCE_CHALLENGE_USED));

        AskOutcome.Issued second = scene.challenge();
        byte[] secondData = NativeScene.json(scene.runtimeData(second, publicKey()));
        assertRefused(redeem(second, scene.enclave().withDebug(), secondData), RefusalCode.EVIDENCE_DEBUG_ENCLAVE);
        assertRefused(redeem(second, scene.enclave(), secondData), RefusalCode.EVIDENCE_CHALLENGE_USED);
    }

    @Test
    void anUnknownAnAlteredOrAnExpiredChallengeIsRefused() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        RedeemRequest right = scene.redemption(challenge, scene.enclave(), data);
        char swapped = challenge.challenge().charAt(40) == 'A' ? 'B' : 'A';
        String altered = challenge.challenge().substring(0, 40)
                + swapped
                + challenge.challenge().substring(41);
        for (String text : List.of("", "AAAA", "not base64!", altered, challenge.challenge() + "AAAA")) {
            assertRefused(
                    scene.desks
                            .envelopes()
                            .redeem(new RedeemRequest(text, right.quote(), right.runtimeData(), right.collateral())),
                    RefusalCode.EVIDENCE_CHALLENGE_UNKNOWN);
        }
        scene.clock.pass(Duration.ofMinutes(2));
        assertRefused(scene.desks.envelopes().redeem(right), RefusalCode.EVIDENCE_CHALLENGE_EXPIRED);
    }

    @Test
    void otherCodeAnotherLaunchDebugForeignRootsAndOldPlatformsAreRefused() {
        SimulatedIntel foreign = SimulatedIntel.create(TestFacts.NOW, new SecureRandom());
        byte[] otherCode = NativeScene.MR_ENCLAVE.clone();
        otherCode[0] ^= 1;
        byte[] otherLaunch = scene.configId();
        otherLaunch[63] ^= 1;
        Map<SimulatedEnclave, RefusalCode> cases = Map.of(
                SimulatedEnclave.of(scene.intel, otherCode).withConfigId(scene.configId()),
                RefusalCode.EVIDENCE_WRONG_CODE,
                scene.enclave().withConfigId(otherLaunch),
                RefusalCode.EVIDENCE_WRONG_LAUNCH,
                scene.enclave().withDebug(),
                RefusalCode.EVIDENCE_DEBUG_ENCLAVE,
                SimulatedEnclave.of(foreign, NativeScene.MR_ENCLAVE).withConfigId(scene.configId()),
                RefusalCode.EVIDENCE_NOT_AN_ENCLAVE,
                scene.enclave().withTcb(SimulatedTcb.OUT_OF_DATE),
                RefusalCode.EVIDENCE_TCB_NOT_ACCEPTED,
                scene.enclave().withTcb(SimulatedTcb.REVOKED),
                RefusalCode.EVIDENCE_TCB_NOT_ACCEPTED);

        cases.forEach((enclave, code) -> {
            AskOutcome.Issued challenge = scene.challenge();
            byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
            assertRefused(redeem(challenge, enclave, data), code);
            assertThat(last().fields()).containsEntry(Field.CODE, code.word());
        });
    }

    @Test
    void aKeyThatTheQuoteDoesNotBindIsRefused() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        byte[] hosts = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        byte[] quote =
                scene.redemption(challenge, scene.enclave(), data).quote().toByteArray();

        assertRefused(
                scene.desks.envelopes().redeem(scene.redemption(challenge, quote, hosts)),
                RefusalCode.EVIDENCE_KEY_NOT_BOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "purpose, sms-identity",
        "chainId, 1",
        "hub, 0x0000000000000000000000000000000000000001",
        "serviceKey, 0x00",
        "challenge, AAAA",
        "nonce, 0x00",
        "chainTaskId, 0x00",
        "stage, pre-compute",
        "worker, 0x0000000000000000000000000000000000000001",
        "kem, none",
        "encryptionKey, AAAA",
        "more, member"
    })
    void boundRuntimeDataThatSayOtherThingsAreRefused(String member, String value) {
        AskOutcome.Issued challenge = scene.challenge();
        Map<String, Object> said = scene.runtimeData(challenge, publicKey());
        said.put(member, member.equals("chainId") ? Long.valueOf(value) : value);

        assertRefused(
                redeem(challenge, scene.enclave(), NativeScene.json(said)), RefusalCode.EVIDENCE_WRONG_RUNTIME_DATA);
    }

    @Test
    void missingDuplicateAndTrailingRuntimeDataAreRefused() {
        for (String form : List.of("missing", "duplicate", "trailing", "array")) {
            AskOutcome.Issued challenge = scene.challenge();
            Map<String, Object> said = scene.runtimeData(challenge, publicKey());
            String text = new String(NativeScene.json(said), java.nio.charset.StandardCharsets.UTF_8);
            String broken = switch (form) {
                case "missing" -> text.replaceFirst("\"stage\":\"app\",", "");
                case "duplicate" -> text.replaceFirst("\\{", "{\"stage\":\"app\",");
                case "trailing" -> text + "{}";
                default -> "[" + text + "]";
            };
            assertRefused(
                    redeem(challenge, scene.enclave(), broken.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    RefusalCode.EVIDENCE_WRONG_RUNTIME_DATA);
        }
    }

    @Test
    void aLowOrderEncryptionKeyIsRefused() {
        AskOutcome.Issued challenge = scene.challenge();

        assertRefused(
                redeem(challenge, scene.enclave(), NativeScene.json(scene.runtimeData(challenge, new byte[32]))),
                RefusalCode.EVIDENCE_WRONG_RUNTIME_DATA);
    }

    @Test
    void evidenceWithoutCollateralIsRefused() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        RedeemRequest right = scene.redemption(challenge, scene.enclave(), data);

        assertRefused(
                scene.desks
                        .envelopes()
                        .redeem(new RedeemRequest(
                                right.challenge(), right.quote(), right.runtimeData(), Optional.empty())),
                RefusalCode.EVIDENCE_COLLATERAL_INVALID);
    }

    @Test
    void bytesThatAreNoQuoteAreRefused() {
        for (byte[] quote : List.of(new byte[0], new byte[48], new byte[20_000])) {
            AskOutcome.Issued challenge = scene.challenge();
            byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
            assertRefused(
                    scene.desks.envelopes().redeem(scene.redemption(challenge, quote, data)),
                    RefusalCode.EVIDENCE_MALFORMED);
        }
    }

    @Test
    void theFactsAreReadAgainAfterTheQuoteWasVerified() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        RedeemRequest request = scene.redemption(challenge, scene.enclave(), data);
        int before = scene.chain.lookups();

        scene.desks.envelopes().redeem(request);

        assertThat(scene.chain.lookups() - before).isEqualTo(2);
    }

    @Test
    void aDatasetSoldAfterTheDealIsRefusedAndItsKeyNoLongerPresent() {
        var buyer = TestStore.address(0xb0);
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        scene.chain.knows(scene.facts()
                .datasetOwners(TestFacts.DATASET_OWNER, TestFacts.DATASET_OWNER, buyer)
                .facts());

        assertRefused(redeem(challenge, scene.enclave(), data), RefusalCode.SECRET_OWNER_CHANGED);
        assertThat(scene.vault.present(new io.attested.sms.secret.SecretId.DatasetKey(TestFacts.DATASET)))
                .isFalse();
    }

    @Test
    void nothingIsReleasedWhenTheLogCannotBeWritten() {
        AskOutcome.Issued challenge = scene.challenge();
        byte[] data = NativeScene.json(scene.runtimeData(challenge, publicKey()));
        RedeemRequest request = scene.redemption(challenge, scene.enclave(), data);
        scene.store.log().close();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> scene.desks.envelopes().redeem(request)))
                .isInstanceOf(io.attested.sms.audit.LogUnavailable.class);
    }

    private RedeemOutcome redeem(AskOutcome.Issued challenge, SimulatedEnclave enclave, byte[] runtimeData) {
        return scene.desks.envelopes().redeem(scene.redemption(challenge, enclave, runtimeData));
    }

    private String redeemAndOpen() {
        AskOutcome.Issued challenge = scene.challenge();
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            byte[] data = NativeScene.json(scene.runtimeData(challenge, opener.publicKey()));
            RedeemOutcome outcome = redeem(challenge, scene.enclave(), data);
            return NativeScene.open(opener, (RedeemOutcome.Granted) outcome, data)
                    .orElseThrow();
        }
    }

    private static byte[] publicKey() {
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            return opener.publicKey();
        }
    }

    private AuditEntry last() {
        return scene.entries().getLast();
    }
}
