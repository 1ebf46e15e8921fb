package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.filled;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted, and what the claims of an accepted quote are. */
class QuoteVerifierTest {
    private final QuoteVerifier verifier = new QuoteVerifier(INTEL.trustRoot());

    @Test
    void claimsAreThoseOfTheReportAndThePlatform() {
        byte[] configId = filled(64, 0x22);
        Claims claims = verified(ENCLAVE.withConfigId(configId)
                .draft(REPORT_DATA)
                .report(report -> {
                    report[16] = (byte) 0xff;
                    report[19] = (byte) 0x80;
                    report[256] = 1;
                    report[257] = 2;
                    report[258] = 3;
                    report[260] = 4;
                })
                .sign());

        assertThat(claims.tee()).isEqualTo(Tee.SGX);
        assertThat(sgx(claims).mrEnclave()).isEqualTo(ENCLAVE.mrEnclave());
        assertThat(sgx(claims).mrSigner().length()).isEqualTo(32);
        assertThat(sgx(claims).configId().toByteArray()).isEqualTo(configId);
        assertThat(claims.reportData().toByteArray()).isEqualTo(REPORT_DATA);
        assertThat(sgx(claims).attributes().hex()).isEqualTo("8500000000000000");
        assertThat(sgx(claims).xfrm().hex()).isEqualTo("e700000000000000");
        assertThat(sgx(claims).miscSelect()).isEqualTo(0x800000ffL);
        assertThat(sgx(claims).isvProdId()).isEqualTo(0x0201);
        assertThat(sgx(claims).isvSvn()).isEqualTo(3);
        assertThat(sgx(claims).configSvn()).isEqualTo(4);
        assertThat(claims.tcb().status()).contains(TcbStatus.UP_TO_DATE);
        assertThat(claims.tcb().advisories()).isEmpty();
        assertThat(claims.platform().fmspc()).contains(ByteString.ofHex("00c0de000001"));
        assertThat(claims.collateral().tcbEvaluationDataNumber()).contains(20);
        assertThat(claims.trailingBytes()).isZero();
        assertThat(claims.trustRootName()).isEqualTo("simulated");
    }

    @Test
    void earliestExpiryIsThatOfTheFirstListToExpire() {
        assertThat(verified(ENCLAVE.quote(REPORT_DATA)).collateral().earliestExpiry())
                .isEqualTo(NOW.plus(Duration.ofDays(30)));
        Instant soon = NOW.plusSeconds(5);
        Collateral collateral =
                INTEL.collateralDraft().pckCrl(crl -> crl.valid(NOW, soon)).sign();
        assertThat(verified(ENCLAVE.quote(REPORT_DATA), collateral).collateral().earliestExpiry())
                .isEqualTo(soon);
    }

    @Test
    void flagsAreReportedAndNotJudged() {
        Claims release = verified(ENCLAVE.quote(REPORT_DATA));
        assertThat(release.debug()).isFalse();
        assertThat(sgx(release).kss()).isFalse();
        assertThat(sgx(release).provisionKey()).isFalse();
        assertThat(verified(ENCLAVE.withDebug().quote(REPORT_DATA)).debug()).isTrue();
        assertThat(sgx(verified(ENCLAVE.withKss().quote(REPORT_DATA))).kss()).isTrue();
        assertThat(sgx(verified(ENCLAVE.draft(REPORT_DATA)
                                .report(report -> report[48] |= 0x10)
                                .sign()))
                        .provisionKey())
                .isTrue();
    }

    @Test
    void platformStatusAndItsAdvisoriesAreReported() {
        Claims hardening = verified(ENCLAVE.withTcb(SimulatedTcb.SW_HARDENING).quote(REPORT_DATA));
        assertThat(hardening.tcb().status()).contains(TcbStatus.SW_HARDENING_NEEDED);
        assertThat(hardening.tcb().advisories()).containsExactly("INTEL-SA-00615");
        Claims outdated = verified(ENCLAVE.withTcb(SimulatedTcb.OUT_OF_DATE).quote(REPORT_DATA));
        assertThat(outdated.tcb().status()).contains(TcbStatus.OUT_OF_DATE);
    }

    @Test
    void outdatedQuotingEnclaveOutdatesThePlatformAndAddsItsAdvisories() {
        Claims claims = verified(ENCLAVE.withTcb(SimulatedTcb.SW_HARDENING)
                .draft(REPORT_DATA)
                .qeReport(report -> report[258] = 7)
                .sign());
        assertThat(claims.tcb().status()).contains(TcbStatus.OUT_OF_DATE);
        assertThat(claims.tcb().advisories()).containsExactly("INTEL-SA-00477", "INTEL-SA-00615");
    }

    @Test
    void levelsAreSortedHereAndNotByTheIssuer() {
        String first = SimulatedTcb.UP_TO_DATE.level();
        String last = SimulatedTcb.REVOKED.level();
        Collateral reversed = INTEL.collateralDraft()
                .tcbInfo(json -> json.replace(first, "#").replace(last, first).replace("#", last))
                .sign();
        assertThat(verified(ENCLAVE.quote(REPORT_DATA), reversed).tcb().status())
                .contains(TcbStatus.UP_TO_DATE);
    }

    @Test
    void processorCaEnclaveIsVerifiedWithItsOwnList() {
        Collateral collateral = INTEL.processorCollateralDraft().sign();
        assertThat(verified(ENCLAVE.withProcessorCa().quote(REPORT_DATA), collateral)
                        .platform()
                        .fmspc())
                .contains(ByteString.ofHex("00c0de000001"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 4000})
    void authenticationDataMayHaveAnyLength(int length) {
        assertThat(verified(ENCLAVE.draft(REPORT_DATA)
                                .authenticationData(filled(length, 3))
                                .sign())
                        .code()
                        .measurement())
                .isEqualTo(ENCLAVE.mrEnclave());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70, 3065})
    void trailingBytesAreToleratedAndCounted(int length) {
        byte[] quote = ENCLAVE.draft(REPORT_DATA).trailing(filled(length, 0xff)).sign();
        assertThat(verified(quote).trailingBytes()).isEqualTo(length);
    }

    @Test
    void validityIncludesBothEnds() {
        byte[] quote = ENCLAVE.quote(REPORT_DATA);
        Instant first = NOW.minus(Duration.ofHours(1));
        Instant last = NOW.plus(Duration.ofDays(30));
        assertThat(verifier.verify(quote, INTEL.collateral(), first)).isInstanceOf(Verified.class);
        assertThat(verifier.verify(quote, INTEL.collateral(), last)).isInstanceOf(Verified.class);
        assertThat(verifier.verify(quote, INTEL.collateral(), first.minusMillis(1)))
                .isInstanceOf(Rejected.class);
        assertThat(verifier.verify(quote, INTEL.collateral(), last.plusMillis(1)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void chainBesideTheQuoteServesAQuoteThatOnlyNamesItsPlatform() {
        byte[] quote = ENCLAVE.draft(REPORT_DATA).certification(1, new byte[36]).sign();
        String chain = INTEL.platformAuthority()
                        .issue(INTEL.pckTerms(SimulatedTcb.UP_TO_DATE, true))
                        .pem()
                + INTEL.platformAuthority().pem()
                + INTEL.rootPem();
        assertThat(verified(quote, withChain(INTEL.collateral(), chain)).code().measurement())
                .isEqualTo(ENCLAVE.mrEnclave());
        assertThat(verifier.verify(quote, INTEL.collateral(), NOW))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.CERT_CHAIN_INVALID));
    }

    @Test
    void collateralSurvivesItsJsonForm() {
        byte[] json = INTEL.collateral().toJson();
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"tcb_info\":\"{\\\"id\\\":\\\"SGX\\\"");
        assertThat(Collateral.parse(json)).isEqualTo(new CollateralParsing.Parsed(INTEL.collateral()));
    }

    static Collateral withChain(Collateral from, String chain) {
        return new Collateral(
                from.tcbInfo(),
                from.tcbInfoSignature(),
                from.tcbInfoIssuerChain(),
                from.qeIdentity(),
                from.qeIdentitySignature(),
                from.qeIdentityIssuerChain(),
                from.rootCaCrl(),
                from.pckCrl(),
                from.pckCrlIssuerChain(),
                Optional.of(chain));
    }

    @Test
    void issuersThatCameWithThePckListAreThoseOfThePckChain() {
        String right = INTEL.collateral().pckCrlIssuerChain();
        String root = INTEL.rootPem();
        String otherCa = INTEL.processorAuthority().pem() + root;
        String otherRoot =
                SimulatedIntel.ofSeed(NOW, filled(32, 9)).collateral().pckCrlIssuerChain();
        for (String wrong :
                List.of(otherCa, otherRoot, root + root, root, right + root, "", right.replace("\n", "\r\n"))) {
            assertThat(verifier.verify(ENCLAVE.quote(REPORT_DATA), withListIssuers(INTEL.collateral(), wrong), NOW))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.CRL_INVALID));
        }
        assertThat(verifier.verify(ENCLAVE.quote(REPORT_DATA), withListIssuers(INTEL.collateral(), right), NOW))
                .isInstanceOf(Verified.class);
    }

    private static Collateral withListIssuers(Collateral from, String chain) {
        return new Collateral(
                from.tcbInfo(),
                from.tcbInfoSignature(),
                from.tcbInfoIssuerChain(),
                from.qeIdentity(),
                from.qeIdentitySignature(),
                from.qeIdentityIssuerChain(),
                from.rootCaCrl(),
                from.pckCrl(),
                chain,
                from.pckCertificateChain());
    }

    private static SgxClaims sgx(Claims claims) {
        return (SgxClaims) claims.code();
    }

    private Claims verified(byte[] quote) {
        return verified(quote, INTEL.collateral());
    }

    private Claims verified(byte[] quote, Collateral collateral) {
        return switch (verifier.verify(quote, collateral, NOW)) {
            case Verified verified -> verified.claims();
            case Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
