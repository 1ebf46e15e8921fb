package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.filled;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Vectors.Vector;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.NativeP256;
import io.attested.sms.attestation.pki.RememberedSignatures;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A verifier with a warm memory says what one without says: the memory saves work, never a check. */
class RememberingVerifierTest {
    private final RememberedSignatures signatures = new RememberedSignatures(new BouncyCastleP256(), 1000);
    private final RememberedReadings readings = new RememberedReadings(1 << 20);
    private final QuoteVerifier remembering = new QuoteVerifier(INTEL.trustRoot(), signatures, readings);
    private final QuoteVerifier forgetful = new QuoteVerifier(INTEL.trustRoot());
    private final byte[] quote = ENCLAVE.quote(REPORT_DATA);
    private final Collateral collateral = INTEL.collateral();

    @BeforeEach
    void warm() {
        assertThat(remembering.verify(quote, collateral, NOW)).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void aKnownPlatformsNextQuoteCostsOneCheck() {
        long before = signatures.misses();
        assertThat(remembering.verify(ENCLAVE.quote(filled(64, 9)), collateral, NOW))
                .isInstanceOf(Verdict.Verified.class);
        assertThat(signatures.misses() - before).isEqualTo(1);
    }

    @Test
    void claimsAreTheSame() {
        assertThat(remembering.verify(quote, collateral, NOW)).isEqualTo(forgetful.verify(quote, collateral, NOW));
    }

    @Test
    void datesAreJudgedEveryTime() {
        Instant[] instants = {
            NOW.minus(Duration.ofDays(2)),
            NOW.minus(Duration.ofHours(2)),
            NOW.plus(Duration.ofDays(31)),
            NOW.plus(Duration.ofDays(11 * 365))
        };
        for (Instant at : instants) {
            assertThat(remembering.verify(quote, collateral, at))
                    .as(at.toString())
                    .isInstanceOf(Verdict.Rejected.class)
                    .isEqualTo(forgetful.verify(quote, collateral, at));
        }
        assertThat(remembering.verify(quote, collateral, NOW)).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void aNewListRevokesAKnownPlatform() {
        BigInteger serial = INTEL.platformAuthority()
                .issue(INTEL.pckTerms(ENCLAVE.tcb(), true))
                .serial();
        Collateral revoking =
                INTEL.collateralDraft().pckCrl(terms -> terms.revoking(serial)).sign();
        assertThat(remembering.verify(quote, revoking, NOW))
                .isEqualTo(forgetful.verify(quote, revoking, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.PCK_REVOKED));
    }

    @Test
    void everyDamageToAKnownQuoteIsSeen() {
        IntFunction<byte[]> flipped = offset -> {
            byte[] copy = quote.clone();
            copy[offset] ^= 0x10;
            return copy;
        };
        for (int offset = 0; offset < quote.length; offset += 7) {
            byte[] damaged = flipped.apply(offset);
            assertThat(remembering.verify(damaged, collateral, NOW))
                    .as("offset %d", offset)
                    .isInstanceOf(Verdict.Rejected.class)
                    .isEqualTo(forgetful.verify(damaged, collateral, NOW));
        }
    }

    @Test
    void nothingOfAForeignPkiIsRemembered() {
        SimulatedIntel foreign = SimulatedIntel.ofSeed(NOW, filled(32, 9));
        int signaturesBefore = signatures.size();
        long readingsBefore = readings.bytes();
        byte[] theirs = SimulatedEnclave.of(foreign, filled(32, 1)).quote(REPORT_DATA);
        requireSameRefusal(theirs, foreign.collateral(), RejectionReason.CERT_CHAIN_UNTRUSTED);
        requireSameRefusal(theirs, collateral, RejectionReason.CERT_CHAIN_UNTRUSTED);
        remembering.verifyOrigin(theirs, Optional.empty(), JudgedAt.exactly(NOW));
        Collateral theirSigner = new Collateral(
                collateral.tcbInfo(),
                collateral.tcbInfoSignature(),
                foreign.collateral().tcbInfoIssuerChain(),
                collateral.qeIdentity(),
                collateral.qeIdentitySignature(),
                collateral.qeIdentityIssuerChain(),
                collateral.rootCaCrl(),
                collateral.pckCrl(),
                foreign.collateral().pckCrlIssuerChain(),
                Optional.empty());
        requireSameRefusal(quote, theirSigner, RejectionReason.CRL_INVALID);
        assertThat(signatures.size()).isEqualTo(signaturesBefore);
        assertThat(readings.bytes()).isEqualTo(readingsBefore);
    }

    private void requireSameRefusal(byte[] refused, Collateral with, RejectionReason reason) {
        assertThat(remembering.verify(refused, with, NOW))
                .isEqualTo(forgetful.verify(refused, with, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    /** One memory for all recorded quotes, whatever their roots, and each of them twice. */
    @Test
    @EnabledIfSystemProperty(named = Vectors.PROPERTY, matches = ".+")
    void recordedQuotesGetTheSameVerdicts() throws IOException {
        RememberedSignatures shared = new RememberedSignatures(NativeP256.orPortable(), 1000);
        RememberedReadings readings = new RememberedReadings(1 << 20);
        for (int round = 0; round < 2; round++) {
            for (Vector vector :
                    Vectors.all().stream().filter(Vector::hasCollateral).toList()) {
                if (Collateral.parse(vector.collateral()) instanceof CollateralParsing.Parsed(Collateral recorded)) {
                    assertThat(new QuoteVerifier(vector.root(), shared, readings)
                                    .verify(vector.quote(), recorded, vector.at()))
                            .as(vector.name())
                            .isEqualTo(new QuoteVerifier(vector.root()).verify(vector.quote(), recorded, vector.at()));
                }
            }
        }
        assertThat(shared.hits()).isGreaterThan(shared.misses());
    }
}
