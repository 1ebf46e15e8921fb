package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.amd.SnpVerifier;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyParsing;
import io.attested.sms.attestation.simulated.SimulatedAmd;
import io.attested.sms.attestation.simulated.SimulatedGuest;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.attestation.source.CollateralChecks;
import io.attested.sms.attestation.source.CollateralVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judging at the ends of time, with the longest grace, and collateral dated there: an answer, never an overflow. */
class InstantTest {
    static Stream<JudgedAt> farAway() {
        return Stream.of(Instant.MIN, Instant.MIN.plusNanos(1), Instant.EPOCH, Instant.MAX.minusNanos(1), Instant.MAX)
                .flatMap(at -> Stream.of(JudgedAt.exactly(at), new JudgedAt(at, JudgedAt.MAX_GRACE)));
    }

    @ParameterizedTest
    @MethodSource("farAway")
    void evidenceOfTodayIsRefusedFarAway(JudgedAt at) {
        RejectionReason reason =
                at.instant().isBefore(NOW) ? RejectionReason.CERT_NOT_YET_VALID : RejectionReason.CERT_EXPIRED;
        QuoteVerifier verifier = new QuoteVerifier(INTEL.trustRoot());
        requireRefused(reason, verifier.verify(ENCLAVE.quote(REPORT_DATA), INTEL.collateral(), at));
        SimulatedAmd amd = SimulatedAmd.of(NOW, AmdProduct.MILAN);
        requireRefused(
                reason,
                new SnpVerifier(List.of(amd.trustRoot()))
                        .verify(
                                SimulatedGuest.of(amd, new byte[48]).report(REPORT_DATA),
                                amd.collateral(SigningKey.VCEK),
                                at));
        assertThat(CollateralChecks.under(INTEL.trustRoot()).check(INTEL.collateral(), at))
                .isInstanceOf(CollateralVerdict.Wrong.class);
    }

    @ParameterizedTest
    @MethodSource("farAway")
    void aPolicyIsEvaluatedFarAway(JudgedAt at) {
        Claims claims = ((Verified) new QuoteVerifier(INTEL.trustRoot())
                        .verify(ENCLAVE.withTcb(SimulatedTcb.OUT_OF_DATE).quote(REPORT_DATA), INTEL.collateral(), NOW))
                .claims();
        EvidencePolicy patient = policy("{\"tcb\":{\"grace\":\"P365D\"},\"collateral\":{\"grace\":\"P365D\"}}");
        for (EvidencePolicy policy : List.of(EvidencePolicy.standard(), patient)) {
            assertThat(policy.evaluate(claims, at.instant()).results()).isNotEmpty();
            assertThat(policy.judgedAt(at.instant()).instant()).isEqualTo(at.instant());
        }
    }

    /** Nothing but the dates is wrong, and Intel's key signed them. */
    @ParameterizedTest
    @MethodSource("farAway")
    void collateralDatedFarAwayIsJudged(JudgedAt at) {
        String issued = Instant.MIN.toString();
        Collateral dated = INTEL.collateralDraft()
                .tcbInfo(json -> json.replaceFirst(
                        "\"issueDate\":\"[^,]*,\"nextUpdate\":\"[^\"]*\"",
                        "\"issueDate\":\"" + issued + "\",\"nextUpdate\":\"" + at.instant() + "\""))
                .sign();
        Verdict verdict = new QuoteVerifier(INTEL.trustRoot())
                .verify(ENCLAVE.quote(REPORT_DATA), dated, new JudgedAt(NOW, at.collateralGrace()));
        if (at.instant().isAfter(NOW)) {
            assertThat(verdict).isInstanceOf(Verified.class);
        } else {
            requireRefused(RejectionReason.TCB_INFO_EXPIRED, verdict);
        }
    }

    private static EvidencePolicy policy(String json) {
        return switch (EvidencePolicy.parse(json.getBytes(StandardCharsets.UTF_8))) {
            case PolicyParsing.Parsed(EvidencePolicy policy) -> policy;
            case PolicyParsing.Malformed malformed -> throw new AssertionError(malformed.detail());
        };
    }

    private static void requireRefused(RejectionReason reason, Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .as(rejected.detail())
                                .isEqualTo(reason));
    }
}
