package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.amd.SnpFixtures.AMD;
import static io.attested.sms.attestation.amd.SnpFixtures.AT;
import static io.attested.sms.attestation.amd.SnpFixtures.COLLATERAL;
import static io.attested.sms.attestation.amd.SnpFixtures.GUEST;
import static io.attested.sms.attestation.amd.SnpFixtures.NOW;
import static io.attested.sms.attestation.amd.SnpFixtures.REPORT_DATA;
import static io.attested.sms.attestation.amd.SnpFixtures.VERIFIER;
import static io.attested.sms.attestation.amd.SnpFixtures.filled;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Sha256;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.simulated.SimulatedAmd;
import io.attested.sms.attestation.simulated.SimulatedGuest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnpVerifierTest {
    @Test
    void verifyWhenReportIsGoodThenClaimsAreWhatTheGuestIs() {
        Claims claims = claims(VERIFIER.verify(GUEST.report(REPORT_DATA), COLLATERAL, AT));
        assertThat(claims.tee()).isEqualTo(Tee.SEV_SNP);
        assertThat(claims.reportData().toByteArray()).isEqualTo(REPORT_DATA);
        assertThat(claims.debug()).isFalse();
        assertThat(claims.tcb().status()).isEmpty();
        assertThat(claims.platform().chipIdHash()).contains(Sha256.of(ByteString.copyOf(AMD.chipId())));
        assertThat(claims.collateral().revocationChecked()).isTrue();
        assertThat(claims.collateral().earliestExpiry()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(claims.trailingBytes()).isZero();
        assertThat(claims.trustRootName()).isEqualTo(SimulatedAmd.TRUST_ROOT_NAME);
        assertThat(claims.code())
                .isEqualTo(new SnpClaims(
                        AmdProduct.MILAN,
                        SigningKey.VCEK,
                        GUEST.measurement(),
                        bytes(32, 0xc0),
                        bytes(48, 0xe0),
                        bytes(48, 0x11),
                        bytes(16, 0x10),
                        bytes(16, 0x20),
                        4,
                        0x30000,
                        1,
                        bytes(32, 0x14),
                        ByteString.copyOf(AMD.tcb()),
                        3));
    }

    @ParameterizedTest
    @EnumSource
    void everyProductIsVerifiedUnderItsOwnLayout(AmdProduct product) {
        SimulatedAmd amd = SimulatedAmd.of(NOW, product);
        SnpVerifier verifier = new SnpVerifier(List.of(AMD.trustRoot(), amd.trustRoot()));
        for (SigningKey kind : SigningKey.values()) {
            SimulatedGuest guest = new SimulatedGuest(amd, GUEST.measurement(), false, kind);
            Claims claims = claims(verifier.verify(guest.report(REPORT_DATA), amd.collateral(kind), AT));
            assertThat(claims.platform().chipIdHash().isPresent()).isEqualTo(kind == SigningKey.VCEK);
            assertThat(claims.code()).isInstanceOfSatisfying(SnpClaims.class, code -> {
                assertThat(code.product()).isEqualTo(product);
                assertThat(code.signingKey()).isEqualTo(kind);
                assertThat(code.migrationAgentAllowed()).isFalse();
            });
        }
    }

    @Test
    void verifyWhenPolicyAllowsDebuggingThenClaimsSaySo() {
        Verdict verdict = VERIFIER.verify(GUEST.withDebug().report(REPORT_DATA), COLLATERAL, AT);
        assertThat(claims(verdict).debug()).isTrue();
    }

    @Test
    void verifyWhenChipIsMaskedThenNoChipIsClaimed() {
        byte[] report = GUEST.report(REPORT_DATA, bytes -> Arrays.fill(bytes, 0x1a0, 0x1e0, (byte) 0));
        assertThat(claims(VERIFIER.verify(report, COLLATERAL, AT)).platform().chipIdHash())
                .isEmpty();
    }

    @Test
    void verifyWhenNoRevocationListThenClaimsSaySo() {
        SnpCollateral collateral = new SnpCollateral(COLLATERAL.signer(), COLLATERAL.chainPem(), Optional.empty());
        Claims claims = claims(VERIFIER.verify(GUEST.report(REPORT_DATA), collateral, AT));
        assertThat(claims.collateral().revocationChecked()).isFalse();
        assertThat(claims.collateral().earliestExpiry()).isEqualTo(NOW.plus(Duration.ofDays(7 * 365)));
    }

    @Test
    void verifyWhenListRanOutWithinTheGraceThenVerified() {
        JudgedAt late = new JudgedAt(NOW.plus(Duration.ofDays(32)), Duration.ofDays(2));
        assertThat(VERIFIER.verify(GUEST.report(REPORT_DATA), COLLATERAL, late)).isInstanceOf(Verified.class);
    }

    @Test
    void chainMayHoldTheOtherIntermediateInAnyOrderAndWithCarriageReturns() {
        String all = AMD.root().pem()
                + AMD.authority(SigningKey.VLEK).pem()
                + AMD.authority(SigningKey.VCEK).pem();
        SnpCollateral collateral =
                new SnpCollateral(COLLATERAL.signer(), all.replace("\n", "\r\n"), COLLATERAL.revocationList());
        assertThat(VERIFIER.verify(GUEST.report(REPORT_DATA), collateral, AT)).isInstanceOf(Verified.class);
    }

    @Test
    void hardwareIdMayBeWrapped() throws Exception {
        byte[] wrapped = new DEROctetString(AMD.chipId()).getEncoded();
        SnpCollateral collateral = new SnpCollateral(
                AMD.authority(SigningKey.VCEK)
                        .issue(AMD.signerTerms(SigningKey.VCEK).with("4", wrapped)),
                COLLATERAL.chainPem(),
                COLLATERAL.revocationList());
        assertThat(VERIFIER.verify(GUEST.report(REPORT_DATA), collateral, AT)).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void everyDocumentedVersionIsVerified(int version) {
        byte[] report = GUEST.report(REPORT_DATA, bytes -> {
            bytes[0] = (byte) version;
            if (version == 2) {
                Arrays.fill(bytes, 0x188, 0x18b, (byte) 0);
            }
            if (version == 5) {
                Arrays.fill(bytes, 0x1f8, 0x208, (byte) 1);
            }
        });
        assertThat(claims(VERIFIER.verify(report, COLLATERAL, AT)).code())
                .isInstanceOfSatisfying(
                        SnpClaims.class, code -> assertThat(code.version()).isEqualTo(version));
    }

    @Test
    void namedBitsOfPlatformInfoAndPolicyAreNotJudged() {
        Consumer<byte[]> change = bytes -> {
            bytes[0x40] = 0x7f;
            bytes[0x0a] |= (byte) 0xe0;
            bytes[0x0b] = 3;
        };
        assertThat(VERIFIER.verify(GUEST.report(REPORT_DATA, change), COLLATERAL, AT))
                .isInstanceOf(Verified.class);
    }

    private static ByteString bytes(int length, int value) {
        return ByteString.copyOf(filled(length, value));
    }

    private static Claims claims(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verified.class);
        return ((Verified) verdict).claims();
    }
}
