package io.attested.sms.grant;

import static io.attested.sms.grant.TestFacts.APP_OWNER;
import static io.attested.sms.grant.TestFacts.DATASET;
import static io.attested.sms.grant.TestFacts.DATASET_OWNER;
import static io.attested.sms.grant.TestFacts.NOW;
import static io.attested.sms.operate.store.TestStore.address;
import static io.attested.sms.operate.store.TestStore.bytes32;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.CollateralClaims;
import io.attested.sms.attestation.PlatformClaims;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.SgxClaims;
import io.attested.sms.attestation.TcbClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.binding.LaunchBinding;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretPresence;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal beside the grant it differs from in one thing. */
class GrantPolicyTest {
    private static final Address WORKER = address(0x30);
    private static final Address BUYER = address(0xb0);
    private static final ByteString SERVICE_KEY = ByteString.copyOf(new byte[32]);
    private static final ByteString REPORT_DATA = ByteString.ofHex("12".repeat(64));
    private static final SecretPresence HELD = new SecretPresence.Usable(1, bytes32(9));
    private static final SecretPresence MISSING = new SecretPresence.Missing();
    private static final SecretPresence OTHERS = new SecretPresence.OwnedByFormerOwner();

    private final GrantPolicy policy = new GrantPolicy(EvidencePolicy.upToDateOnly(), Set.of("v5.9"), List.of());

    private Decision decide(TaskFacts facts, Proof proof, Map<Class<?>, SecretPresence> held) {
        Map<SecretNeed.Source, SecretPresence> presence = new HashMap<>();
        for (SecretNeed need : policy.needs(facts, WORKER)) {
            for (SecretNeed.Source source : need.sources()) {
                presence.put(source, held.getOrDefault(need.use().getClass(), HELD));
            }
        }
        return policy.decide(facts, proof, WORKER, new Holdings(presence), NOW);
    }

    private Decision decide(TestFacts facts) {
        return decide(facts.facts(), new Proof.WalletsOnly(), Map.of());
    }

    private Decision decide(UnaryOperator<ClaimsDraft> change) {
        return decide(TestFacts.live().facts(), change.apply(new ClaimsDraft()).proof(), Map.of());
    }

    private static void assertRefused(Decision decision, RefusalCode code) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static void assertGranted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Grant.class);
    }

    @Nested
    class OfTheTask {
        @Test
        void aLiveTaskIsGranted() {
            assertGranted(decide(TestFacts.live()));
        }

        @ParameterizedTest
        @EnumSource(value = TaskStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
        void whatIsNotActiveAtTheSettledBlockOrTheHeadIsRefused(TaskStatus status) {
            assertRefused(
                    decide(TestFacts.live().status(status, TaskStatus.ACTIVE)), RefusalCode.CHAIN_TASK_NOT_ACTIVE);
            assertRefused(
                    decide(TestFacts.live().status(TaskStatus.ACTIVE, status)), RefusalCode.CHAIN_TASK_NOT_ACTIVE);
        }

        @Test
        void theContributionDeadlineMustBeLaterThanOurClockAndTheHead() {
            assertGranted(decide(TestFacts.live().deadline(NOW.plusSeconds(1))));
            assertRefused(decide(TestFacts.live().deadline(NOW)), RefusalCode.CHAIN_TASK_NOT_ACTIVE);
            assertRefused(
                    decide(TestFacts.live().deadline(NOW.plusSeconds(5)).headTime(NOW.plusSeconds(5))),
                    RefusalCode.CHAIN_TASK_NOT_ACTIVE);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 4, 7, 8, 11, 15})
        void aTagThatNamesNoFrameworkIsRefused(int tag) {
            assertRefused(decide(TestFacts.live().tag(tag)), RefusalCode.CHAIN_NOT_A_TEE_TASK);
        }

        @Test
        void furtherTagBitsDoNotMatter() {
            assertGranted(decide(TestFacts.live().tag(0x103)));
        }

        @Test
        void bulkProcessingIsRefused() {
            assertRefused(
                    decide(TestFacts.live().params("{\"bulk_cid\":\"Qm\"}")), RefusalCode.CHAIN_BULK_NOT_SUPPORTED);
        }

        @Test
        void aDealNamesNoMoreSecretsThanAnOwnerMayHave() {
            assertGranted(decide(TestFacts.live().params(secrets(128))));
            assertRefused(decide(TestFacts.live().params(secrets(129))), RefusalCode.CHAIN_TOO_MANY_SECRETS);
        }

        private static String secrets(int entries) {
            return IntStream.rangeClosed(1, entries)
                    .mapToObj(index -> "\"" + index + "\":\"again\"")
                    .collect(Collectors.joining(",", "{\"iexec_secrets\":{", "}}"));
        }

        @Test
        void aPipelineVersionMustBeServed() {
            assertGranted(decide(TestFacts.live().mrenclave(configuration("v5.9"))));
            assertRefused(
                    decide(TestFacts.live().mrenclave(configuration("v5.8"))),
                    RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID);
        }

        @Test
        void anAppWithoutEnclaveIsRefused() {
            assertRefused(decide(TestFacts.live().mrenclave("")), RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED);
        }

        private String configuration(String version) {
            return "{\"framework\":\"SCONE\",\"version\":\"" + version
                    + "\",\"entrypoint\":\"run\",\"heapSize\":1,\"fingerprint\":\"" + TestFacts.MR_ENCLAVE + "\"}";
        }
    }

    @Nested
    class OfEvidence {
        @Test
        void theRegisteredCodeInTheRegisteredLaunchIsGranted() {
            assertGranted(decide(UnaryOperator.identity()));
        }

        @Test
        void otherCodeIsRefused() {
            assertRefused(decide(claims -> claims.mrEnclave("ab".repeat(32))), RefusalCode.EVIDENCE_WRONG_CODE);
        }

        @Test
        void anotherLaunchIsRefused() {
            assertRefused(decide(claims -> claims.configId("ab".repeat(64))), RefusalCode.EVIDENCE_WRONG_LAUNCH);
            assertRefused(decide(claims -> claims.configId("00".repeat(64))), RefusalCode.EVIDENCE_WRONG_LAUNCH);
        }

        @Test
        void aLaunchForAnotherServiceIsRefused() {
            byte[] otherService = new byte[32];
            otherService[0] = 1;
            assertRefused(decide(claims -> claims.configId(configId(otherService))), RefusalCode.EVIDENCE_WRONG_LAUNCH);
        }

        @Test
        void configIdWithoutTheAttributeThatMakesItCountIsRefused() {
            assertRefused(decide(claims -> claims.kss(false)), RefusalCode.EVIDENCE_WRONG_LAUNCH);
        }

        @Test
        void aBareMeasurementIsMatchedByZeroConfigIdOnly() {
            TaskFacts facts = TestFacts.live()
                    .mrenclave("{\"framework\":\"SCONE\",\"version\":\"v5.9\",\"entrypoint\":\"run\",\"heapSize\":1,"
                            + "\"fingerprint\":\"" + TestFacts.MR_ENCLAVE + "\"}")
                    .facts();

            assertGranted(decide(
                    facts,
                    new ClaimsDraft().configId("00".repeat(64)).kss(false).proof(),
                    Map.of()));
            assertRefused(decide(facts, new ClaimsDraft().proof(), Map.of()), RefusalCode.EVIDENCE_WRONG_LAUNCH);
        }

        @Test
        void aDebugEnclaveIsRefused() {
            assertRefused(decide(claims -> claims.debug(true)), RefusalCode.EVIDENCE_DEBUG_ENCLAVE);
        }

        @Test
        void aProvisioningEnclaveIsRefused() {
            assertRefused(decide(claims -> claims.provisionKey(true)), RefusalCode.EVIDENCE_PROVISIONING_ENCLAVE);
        }

        @Test
        void allSixtyFourBytesOfReportDataCount() {
            assertRefused(
                    decide(claims -> claims.reportData("12".repeat(63) + "13")), RefusalCode.EVIDENCE_KEY_NOT_BOUND);
            assertRefused(
                    decide(claims -> claims.reportData("13" + "12".repeat(63))), RefusalCode.EVIDENCE_KEY_NOT_BOUND);
        }

        @ParameterizedTest
        @EnumSource(value = TcbStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "UP_TO_DATE")
        void everyStatusButUpToDateIsRefused(TcbStatus status) {
            assertRefused(decide(claims -> claims.status(status)), RefusalCode.EVIDENCE_TCB_NOT_ACCEPTED);
        }

        @Test
        void sgxEvidenceForATrustDomainsTaskIsRefused() {
            assertRefused(
                    decide(TestFacts.live().tag(9).mrenclave("").facts(), new ClaimsDraft().proof(), Map.of()),
                    RefusalCode.EVIDENCE_WRONG_TEE);
        }

        @ParameterizedTest
        @EnumSource(RejectionReason.class)
        void everyRejectionOfTheVerifierIsRefused(RejectionReason reason) {
            Proof proof = new Proof.Evidence(
                    new Verdict.Rejected(reason, "field", "expected", "seen"), REPORT_DATA, SERVICE_KEY);

            assertRefused(decide(TestFacts.live().facts(), proof, Map.of()), EvidenceRules.codeOf(reason));
        }

        @Test
        void aForeignRootIsNotAnEnclave() {
            assertThat(EvidenceRules.codeOf(RejectionReason.CERT_CHAIN_UNTRUSTED))
                    .isEqualTo(RefusalCode.EVIDENCE_NOT_AN_ENCLAVE);
        }
    }

    @Nested
    class OfSecrets {
        @Test
        void aDatasetWithoutKeyIsRefused() {
            assertRefused(
                    decideHolding(TestFacts.live(), Map.of(SecretUse.DatasetKey.class, MISSING)),
                    RefusalCode.SECRET_MISSING);
            assertGranted(
                    decideHolding(TestFacts.live().withoutDataset(), Map.of(SecretUse.DatasetKey.class, MISSING)));
        }

        @Test
        void aDatasetThatChangedHandsIsRefusedWhereverItShows() {
            assertRefused(
                    decide(TestFacts.live().datasetOwners(DATASET_OWNER, DATASET_OWNER, BUYER)),
                    RefusalCode.SECRET_OWNER_CHANGED);
            assertRefused(
                    decide(TestFacts.live().datasetOwners(DATASET_OWNER, BUYER, BUYER)),
                    RefusalCode.SECRET_OWNER_CHANGED);
            assertRefused(
                    decide(TestFacts.live().datasetOwners(BUYER, DATASET_OWNER, DATASET_OWNER)),
                    RefusalCode.SECRET_OWNER_CHANGED);
            assertRefused(
                    decideHolding(TestFacts.live(), Map.of(SecretUse.DatasetKey.class, OTHERS)),
                    RefusalCode.SECRET_OWNER_CHANGED);
        }

        @Test
        void anAppSecretIsOptionalButNotThatOfAFormerOwner() {
            assertThat(decideHolding(TestFacts.live(), Map.of(SecretUse.AppDeveloperSecret.class, MISSING)))
                    .isInstanceOfSatisfying(
                            Decision.Grant.class,
                            grant -> assertThat(grant.secrets())
                                    .noneMatch(secret -> secret.use() instanceof SecretUse.AppDeveloperSecret));
            assertRefused(
                    decideHolding(TestFacts.live(), Map.of(SecretUse.AppDeveloperSecret.class, OTHERS)),
                    RefusalCode.SECRET_OWNER_CHANGED);
            assertRefused(decide(TestFacts.live().appOwners(APP_OWNER, BUYER)), RefusalCode.SECRET_OWNER_CHANGED);
        }

        @Test
        void aRequesterSecretIsOptional() {
            assertGranted(decideHolding(
                    TestFacts.live().params("{\"iexec_secrets\":{\"1\":\"name\"}}"),
                    Map.of(SecretUse.RequesterSecret.class, MISSING)));
        }

        @Test
        void encryptionNeedsTheBeneficiarysKey() {
            assertRefused(
                    decideHolding(
                            TestFacts.live().params("{\"iexec_result_encryption\":true}"),
                            Map.of(SecretUse.ResultEncryptionKey.class, MISSING)),
                    RefusalCode.SECRET_MISSING);
        }

        @Test
        void storingNeedsATokenUnlessTheResultGoesToACallback() {
            assertRefused(
                    decideHolding(TestFacts.live(), Map.of(SecretUse.ResultStorageToken.class, MISSING)),
                    RefusalCode.SECRET_MISSING);
            assertGranted(decideHolding(
                    TestFacts.live().callback(address(0xcb)), Map.of(SecretUse.ResultStorageToken.class, MISSING)));
        }

        @Test
        void aGrantNamesExactlyWhatTheTaskNeeds() {
            assertThat(decide(TestFacts.live().callback(address(0xcb))))
                    .isInstanceOfSatisfying(
                            Decision.Grant.class,
                            grant -> assertThat(grant.secrets())
                                    .extracting(Decision.GrantedSecret::id)
                                    .containsExactly(
                                            new SecretId.DatasetKey(DATASET), new SecretId.AppSecret(TestFacts.APP)));
        }

        private Decision decideHolding(TestFacts facts, Map<Class<?>, SecretPresence> held) {
            return decide(facts.facts(), new Proof.WalletsOnly(), held);
        }
    }

    private static String configId(byte[] serviceKey) {
        return HexFormat.of()
                .formatHex(LaunchBinding.configId(
                        serviceKey,
                        HexFormat.of().parseHex(TestFacts.FSPF_KEY),
                        HexFormat.of().parseHex(TestFacts.FSPF_TAG)));
    }

    /** Claims of the right enclave; a test states what differs. */
    private static final class ClaimsDraft {
        private String mrEnclave = TestFacts.MR_ENCLAVE;
        private String configId = GrantPolicyTest.configId(SERVICE_KEY.toByteArray());
        private String reportData = REPORT_DATA.hex();
        private boolean debug;
        private boolean kss = true;
        private boolean provisionKey;
        private TcbStatus status = TcbStatus.UP_TO_DATE;

        ClaimsDraft mrEnclave(String hex) {
            mrEnclave = hex;
            return this;
        }

        ClaimsDraft configId(String hex) {
            configId = hex;
            return this;
        }

        ClaimsDraft reportData(String hex) {
            reportData = hex;
            return this;
        }

        ClaimsDraft debug(boolean on) {
            debug = on;
            return this;
        }

        ClaimsDraft kss(boolean on) {
            kss = on;
            return this;
        }

        ClaimsDraft provisionKey(boolean on) {
            provisionKey = on;
            return this;
        }

        ClaimsDraft status(TcbStatus other) {
            status = other;
            return this;
        }

        Proof proof() {
            int flags = (kss ? 0x80 : 0) | (provisionKey ? 0x10 : 0) | (debug ? 0x02 : 0);
            SgxClaims enclave = new SgxClaims(
                    ByteString.ofHex(mrEnclave),
                    ByteString.ofHex("00".repeat(32)),
                    0,
                    0,
                    ByteString.copyOf(new byte[] {(byte) flags, 0, 0, 0, 0, 0, 0, 0}),
                    ByteString.ofHex("00".repeat(8)),
                    0,
                    ByteString.ofHex(configId),
                    0,
                    ByteString.ofHex("00".repeat(16)),
                    ByteString.ofHex("00".repeat(16)));
            Claims claims = new Claims(
                    enclave,
                    ByteString.ofHex(reportData),
                    debug,
                    new TcbClaims(Optional.of(status), new TreeSet<>(), true, Optional.of(NOW), Optional.empty()),
                    new PlatformClaims(
                            Optional.of(ByteString.ofHex("00".repeat(6))),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    new CollateralClaims(Optional.of(17), Optional.of(17), Optional.of(NOW), NOW, true),
                    0,
                    "simulated");
            return new Proof.Evidence(new Verdict.Verified(claims), REPORT_DATA, SERVICE_KEY);
        }
    }
}
