package io.attested.sms.grant;

import static io.attested.sms.grant.TestFacts.NOW;
import static io.attested.sms.operate.store.TestStore.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.TdxLaunch;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.simulated.QuoteDraft;
import io.attested.sms.attestation.simulated.QuoteForm;
import io.attested.sms.attestation.simulated.SimulatedBaseImage;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.secret.SecretPresence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quotes of simulated trust domains, really verified; each refusal beside the grant it differs from in one thing. */
class TrustDomainRulesTest {
    private static final Address WORKER = address(0x30);
    private static final byte[] SERVICE_KEY = filled(32, 0x44);
    private static final byte[] CHECKSUM = filled(32, 0x33);
    private static final byte[] REPORT_DATA = filled(64, 0x12);
    private static final SimulatedIntel INTEL = SimulatedIntel.ofSeed(NOW, filled(32, 7));
    private static final SimulatedBaseImage BASE = SimulatedBaseImage.named("base");
    private static final SimulatedTrustDomain RIGHT =
            SimulatedTrustDomain.of(INTEL, BASE).launched(CHECKSUM, SERVICE_KEY);

    private static TdxBaseImage listed(SimulatedBaseImage image, String version) {
        return listed(image, version, TdxBaseImage.Launch.of(RIGHT.tdAttributes(), RIGHT.xfam()));
    }

    private static TdxBaseImage listed(SimulatedBaseImage image, String version, TdxBaseImage.Launch launch) {
        return new TdxBaseImage("base", Set.of(version), image.mrTd(), image.rtmrs(), launch);
    }

    private static Decision decide(SimulatedTrustDomain domain) {
        return decide(domain.draft(REPORT_DATA), bytes32(CHECKSUM), List.of(listed(BASE, "v5.9")));
    }

    private static Decision decide(SimulatedTrustDomain domain, List<TdxBaseImage> images) {
        return decide(domain.draft(REPORT_DATA), bytes32(CHECKSUM), images);
    }

    private static Decision decide(UnaryOperator<QuoteDraft> change) {
        return decide(change.apply(RIGHT.draft(REPORT_DATA)), bytes32(CHECKSUM), List.of(listed(BASE, "v5.9")));
    }

    private static Decision decide(QuoteDraft quote, Bytes32 checksum, List<TdxBaseImage> images) {
        Verdict verdict = new QuoteVerifier(INTEL.trustRoot()).verify(quote.sign(), INTEL.tdxCollateral(), NOW);
        return decide(verdict, TestFacts.live().tag(9).checksum(checksum), images);
    }

    private static Decision decide(Verdict verdict, TestFacts facts, List<TdxBaseImage> images) {
        GrantPolicy policy = new GrantPolicy(EvidencePolicy.upToDateOnly(), Set.of("v5.9"), images);
        Proof proof = new Proof.Evidence(verdict, ByteString.copyOf(REPORT_DATA), ByteString.copyOf(SERVICE_KEY));
        TaskFacts task = facts.facts();
        Map<SecretNeed.Source, SecretPresence> held = new HashMap<>();
        policy.needs(task, WORKER).stream()
                .flatMap(need -> need.sources().stream())
                .forEach(source -> held.put(source, new SecretPresence.Usable(1, Bytes32.of(CHECKSUM))));
        return policy.decide(task, proof, WORKER, new Holdings(held), NOW);
    }

    private static void assertGranted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Grant.class);
    }

    private static void assertRefused(Decision decision, RefusalCode code, String detail) {
        assertThat(decision).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.detail()).contains(detail);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = QuoteForm.class,
            names = {"TDX_V4", "TDX_V5_1_0", "TDX_V5_1_5"})
    void aListedImageWithTheThreeEventsIsGranted(QuoteForm form) {
        assertGranted(decide(RIGHT.withForm(form)));
    }

    @Test
    void anotherBaseImageIsOtherCode() {
        SimulatedTrustDomain other = RIGHT.withImage(SimulatedBaseImage.named("other"));
        assertRefused(decide(other), RefusalCode.EVIDENCE_WRONG_CODE, "expected one of [base]");
        assertGranted(decide(other, List.of(listed(BASE, "v5.9"), listed(SimulatedBaseImage.named("other"), "v5.9"))));
    }

    @Test
    void eachMeasurementOfTheImageCounts() {
        for (int register = 0; register < 3; register++) {
            List<ByteString> rtmrs = new ArrayList<>(BASE.rtmrs());
            rtmrs.set(register, ByteString.copyOf(filled(48, 9)));
            assertRefused(
                    decide(RIGHT.withImage(new SimulatedBaseImage(BASE.mrTd(), rtmrs))),
                    RefusalCode.EVIDENCE_WRONG_CODE,
                    "RTMR0 to RTMR2");
        }
        assertRefused(
                decide(RIGHT.withImage(new SimulatedBaseImage(ByteString.copyOf(filled(48, 9)), BASE.rtmrs()))),
                RefusalCode.EVIDENCE_WRONG_CODE,
                "MRTD 0909");
    }

    @Test
    void measurementsOfTwoImagesDoNotMix() {
        SimulatedBaseImage other = SimulatedBaseImage.named("other");
        SimulatedBaseImage mixed = new SimulatedBaseImage(BASE.mrTd(), other.rtmrs());
        assertRefused(
                decide(RIGHT.withImage(mixed), List.of(listed(BASE, "v5.9"), listed(other, "v5.9"))),
                RefusalCode.EVIDENCE_WRONG_CODE,
                "RTMR0 to RTMR2");
    }

    @Test
    void anImageOfAVersionThatIsNotServedDoesNotCount() {
        assertRefused(decide(RIGHT, List.of(listed(BASE, "v5.8"))), RefusalCode.EVIDENCE_WRONG_CODE, "lists none");
        assertRefused(decide(RIGHT, List.of()), RefusalCode.EVIDENCE_WRONG_CODE, "lists none");
    }

    @Test
    void anotherChecksumIsAnotherLaunch() {
        assertRefused(
                decide(SimulatedTrustDomain.of(INTEL, BASE).launched(filled(32, 0x34), SERVICE_KEY)),
                RefusalCode.EVIDENCE_WRONG_LAUNCH,
                "another image, another service");
    }

    @Test
    void anotherServiceIsAnotherLaunch() {
        assertRefused(
                decide(SimulatedTrustDomain.of(INTEL, BASE).launched(CHECKSUM, filled(32, 0x45))),
                RefusalCode.EVIDENCE_WRONG_LAUNCH,
                "another image, another service");
    }

    @Test
    void aMissingEventIsNamedWhenTheOthersCameInOrder() {
        List<LaunchEvent> events = TdxLaunch.events(CHECKSUM, SERVICE_KEY);
        for (int seen = 0; seen < events.size(); seen++) {
            assertRefused(
                    decide(RIGHT.withEvents(events.subList(0, seen))),
                    RefusalCode.EVIDENCE_WRONG_LAUNCH,
                    "shows " + seen + " of the 3 launch events, "
                            + events.get(seen).type() + " is missing");
        }
        assertWrongLaunch(RIGHT.withEvents(List.of(events.get(0), events.get(2))));
        assertWrongLaunch(RIGHT.withEvents(events.subList(1, 3)));
    }

    @Test
    void reorderedAddedAndAmbiguousEventsAreRefused() {
        List<LaunchEvent> events = TdxLaunch.events(CHECKSUM, SERVICE_KEY);
        assertWrongLaunch(RIGHT.withEvents(List.of(events.get(1), events.get(0), events.get(2))));
        assertWrongLaunch(RIGHT.withEvents(List.of(events.get(0), events.get(0), events.get(1), events.get(2))));
        assertWrongLaunch(RIGHT.extended(LaunchEvent.ready()));
        assertWrongLaunch(RIGHT.extended(new LaunchEvent("sms-app", ByteString.copyOf(filled(32, 1)))));
        byte[] moved = new byte[33];
        moved[0] = 'p';
        System.arraycopy(CHECKSUM, 0, moved, 1, 32);
        assertWrongLaunch(RIGHT.withEvents(
                List.of(new LaunchEvent("sms-ap", ByteString.copyOf(moved)), events.get(1), events.get(2))));
    }

    private static void assertWrongLaunch(SimulatedTrustDomain domain) {
        assertRefused(decide(domain), RefusalCode.EVIDENCE_WRONG_LAUNCH, "is not the replay");
    }

    @Test
    void aStartedApplicationCanAskForNothing() {
        assertRefused(
                decide(RIGHT.extended(LaunchEvent.started())),
                RefusalCode.EVIDENCE_WRONG_LAUNCH,
                "was started already");
    }

    @Test
    void aZeroChecksumNamesNoImage() {
        List<LaunchEvent> events = TdxLaunch.events(CHECKSUM, SERVICE_KEY);
        SimulatedTrustDomain zero =
                RIGHT.withEvents(List.of(LaunchEvent.app(new byte[32]), events.get(1), events.get(2)));
        assertRefused(
                decide(zero.draft(REPORT_DATA), bytes32(new byte[32]), List.of(listed(BASE, "v5.9"))),
                RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED,
                "checksum zero");
    }

    @Test
    void debugBitsAreRefused() {
        assertRefused(decide(RIGHT.withDebug()), RefusalCode.EVIDENCE_DEBUG_ENCLAVE, "debug");
        assertRefused(
                decide(RIGHT.withAttributes(ByteString.ofHex("8000001000000000"))),
                RefusalCode.EVIDENCE_DEBUG_ENCLAVE,
                "debug");
    }

    @Test
    void whatTheHostSetsAtLaunchIsComparedExactly() {
        assertOtherLaunch(decide(RIGHT.withAttributes(ByteString.ofHex("0000000000000000"))), "TDATTRIBUTES");
        assertOtherLaunch(decide(RIGHT.withAttributes(ByteString.ofHex("0000003000000000"))), "TDATTRIBUTES");
        assertOtherLaunch(decide(RIGHT.withAttributes(ByteString.ofHex("0000001000000080"))), "TDATTRIBUTES");
        assertOtherLaunch(decide(RIGHT.withXfam(ByteString.ofHex("e702040000000000"))), "XFAM");
        assertOtherLaunch(decide(draft -> draft.report(report -> report[184] = 1)), "MRCONFIGID");
        assertOtherLaunch(decide(draft -> draft.report(report -> report[279] = 1)), "MROWNER");
        assertOtherLaunch(decide(draft -> draft.report(report -> report[327] = 1)), "MROWNERCONFIG");
        QuoteDraft served = RIGHT.withForm(QuoteForm.TDX_V5_1_5).draft(REPORT_DATA);
        assertOtherLaunch(
                decide(served.report(report -> report[647] = 1), bytes32(CHECKSUM), List.of(listed(BASE, "v5.9"))),
                "MRSERVICETD");
    }

    private static void assertOtherLaunch(Decision decision, String field) {
        assertRefused(decision, RefusalCode.EVIDENCE_WRONG_LAUNCH, field + " is ");
    }

    @Test
    void aListedOwnerIsRequired() {
        ByteString zero = ByteString.copyOf(new byte[48]);
        ByteString owner = ByteString.copyOf(filled(48, 5));
        List<TdxBaseImage> images = List.of(
                listed(BASE, "v5.9", new TdxBaseImage.Launch(RIGHT.tdAttributes(), RIGHT.xfam(), zero, owner, zero)));
        assertOtherLaunch(decide(RIGHT, images), "MROWNER");
        QuoteDraft owned = RIGHT.draft(REPORT_DATA).report(report -> Arrays.fill(report, 232, 280, (byte) 5));
        assertGranted(decide(owned, bytes32(CHECKSUM), images));
    }

    @Test
    void oneImageMayBeListedForTwoKindsOfLaunch() {
        TdxBaseImage.Launch other = TdxBaseImage.Launch.of(RIGHT.tdAttributes(), ByteString.ofHex("e702040000000000"));
        assertGranted(decide(RIGHT, List.of(listed(BASE, "v5.9", other), listed(BASE, "v5.9"))));
    }

    @Test
    void reportDataAndStatusCountAsForEnclaves() {
        assertRefused(
                decide(draft -> draft.report(report -> report[583] ^= 1)), RefusalCode.EVIDENCE_KEY_NOT_BOUND, "");
        assertRefused(
                decide(RIGHT.withModules(SimulatedTrustDomain.svn(2, 3, 6), SimulatedTrustDomain.CURRENT_MODULE)),
                RefusalCode.EVIDENCE_TCB_NOT_ACCEPTED,
                "INTEL-SA-01099");
    }

    @Test
    void evidenceOfTheOtherTeeIsRefusedBothWays() {
        QuoteVerifier verifier = new QuoteVerifier(INTEL.trustRoot());
        Verdict domain = verifier.verify(RIGHT.quote(REPORT_DATA), INTEL.tdxCollateral(), NOW);
        Verdict enclave = verifier.verify(
                SimulatedEnclave.of(INTEL, filled(32, 0xaa)).quote(REPORT_DATA), INTEL.collateral(), NOW);
        List<TdxBaseImage> images = List.of(listed(BASE, "v5.9"));
        assertRefused(decide(domain, TestFacts.live(), images), RefusalCode.EVIDENCE_WRONG_TEE, "from TDX");
        assertRefused(
                decide(enclave, TestFacts.live().tag(9).checksum(bytes32(CHECKSUM)), images),
                RefusalCode.EVIDENCE_WRONG_TEE,
                "from SGX");
        assertGranted(decide(domain, TestFacts.live().tag(9).checksum(bytes32(CHECKSUM)), images));
    }

    private static Bytes32 bytes32(byte[] bytes) {
        return Bytes32.of(bytes);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
