package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.amd.SnpCollateral;
import io.attested.sms.attestation.amd.SnpVerifier;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyParsing;
import io.attested.sms.attestation.ratls.RaTlsCertificate;
import io.attested.sms.attestation.ratls.RaTlsReading;
import io.attested.sms.attestation.simulated.SimulatedAmd;
import io.attested.sms.attestation.simulated.SimulatedGuest;
import io.attested.sms.attestation.source.CollateralBundle;
import io.attested.sms.attestation.source.CollateralBundle.Reading.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A hundred megabytes of anything are refused by their length, before anything is made of them. */
class HugeInputTest {
    private static final int HUGE = 100 * 1024 * 1024;
    private static final long LITTLE = 512 * 1024;
    private static final String HUGE_CHAIN = "-----BEGIN CERTIFICATE-----\n" + "A".repeat(HUGE);

    private final SimulatedAmd amd = SimulatedAmd.of(NOW, AmdProduct.MILAN);
    private final SnpVerifier snp = new SnpVerifier(List.of(amd.trustRoot()));
    private final byte[] report = SimulatedGuest.of(amd, new byte[48]).report(REPORT_DATA);
    private final SnpCollateral beside = amd.collateral(SigningKey.VCEK);

    @TestFactory
    Stream<DynamicTest> hugeBytesAreRefusedWithoutACopy() {
        Collateral good = INTEL.collateral();
        byte[] json = good.toJson();
        return Stream.of(
                refused("quote", ENCLAVE.quote(REPORT_DATA), quote -> verdict(quote, good)),
                refused("nothing but zeros as quote", new byte[0], quote -> verdict(quote, good)),
                refused("collateral", json, bytes -> Collateral.parse(bytes) instanceof CollateralParsing.Malformed),
                refused("bundle", json, bytes -> CollateralBundle.read(bytes) instanceof Malformed),
                refused("policy", EvidencePolicy.standard().toJson(), HugeInputTest::policy),
                refused("RA-TLS in DER", new byte[] {0x30, (byte) 0x83, -1, -1, -1}, HugeInputTest::certificate),
                refused(
                        "RA-TLS in PEM",
                        INTEL.rootPem().getBytes(StandardCharsets.US_ASCII),
                        HugeInputTest::certificate),
                refused("SNP report", report, bytes -> snpVerdict(bytes, beside)));
    }

    @Test
    void hugePartsBesideAnSnpReportAreRefusedWithoutACopy() {
        ByteString bytes = ByteString.copyOf(new byte[HUGE]);
        requireLittle(() -> snpVerdict(report, new SnpCollateral(bytes, beside.chainPem(), Optional.empty())));
        requireLittle(() -> snpVerdict(report, new SnpCollateral(beside.signer(), HUGE_CHAIN, Optional.empty())));
        requireLittle(
                () -> snpVerdict(report, new SnpCollateral(beside.signer(), beside.chainPem(), Optional.of(bytes))));
    }

    /** Such collateral comes from no parser of this module; a caller could make it. */
    @Test
    void hugeChainsBesideAQuoteAreReadNoFurtherThanTheirLength() {
        Collateral good = INTEL.collateral();
        Collateral signers = new Collateral(
                good.tcbInfo(),
                good.tcbInfoSignature(),
                HUGE_CHAIN,
                good.qeIdentity(),
                good.qeIdentitySignature(),
                good.qeIdentityIssuerChain(),
                good.rootCaCrl(),
                good.pckCrl(),
                good.pckCrlIssuerChain(),
                Optional.empty());
        byte[] whole = ENCLAVE.quote(REPORT_DATA);
        byte[] named = ENCLAVE.draft(REPORT_DATA).certification(1, new byte[36]).sign();
        requireAtMost(4L * HUGE, () -> verdict(whole, signers));
        requireAtMost(4L * HUGE, () -> verdict(named, good.withPckCertificateChain(Optional.of(HUGE_CHAIN))));
    }

    private static DynamicTest refused(String name, byte[] start, Predicate<byte[]> refuses) {
        return dynamicTest(name, () -> {
            byte[] huge = Arrays.copyOf(start, HUGE);
            requireLittle(() -> refuses.test(huge));
        });
    }

    private static void requireLittle(BooleanSupplier refuses) {
        requireAtMost(LITTLE, refuses);
    }

    private static void requireAtMost(long most, BooleanSupplier refuses) {
        Allocation<Boolean> refused = Allocation.of(refuses::getAsBoolean);
        assertThat(refused.answer()).isTrue();
        assertThat(refused.bytes()).isLessThan(most);
    }

    private static boolean verdict(byte[] quote, Collateral collateral) {
        return new QuoteVerifier(INTEL.trustRoot()).verify(quote, collateral, NOW) instanceof Rejected;
    }

    private boolean snpVerdict(byte[] bytes, SnpCollateral collateral) {
        return snp.verify(bytes, collateral, JudgedAt.exactly(NOW)) instanceof Rejected;
    }

    private static boolean policy(byte[] json) {
        return EvidencePolicy.parse(json) instanceof PolicyParsing.Malformed;
    }

    private static boolean certificate(byte[] bytes) {
        return RaTlsCertificate.read(bytes) instanceof RaTlsReading.Refused;
    }
}
