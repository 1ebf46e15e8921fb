package io.attested.sms.attestation.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.amd.AmdIssuers;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Whatever a publisher or a file says, each reader answers, and nothing unsigned passes the checks. */
class SourceFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final SimulatedIntel INTEL = SimulatedIntel.ofSeed(NOW, new byte[32]);
    private static final CollateralChecks CHECKS = CollateralChecks.under(INTEL.trustRoot());
    private static final Collateral GOOD = INTEL.collateral();
    private static final String HEADER = "TCB-Info-Issuer-Chain";

    /** What is cut out stands in the answer as it came, and so does its signature. */
    @FuzzTest(maxDuration = "10m")
    void signedObject(byte[] body) {
        SignedObject.cut(body, "tcbInfo").ifPresent(signed -> {
            int start = "{\"tcbInfo\":".length();
            int end = start + signed.bytes().length();
            assertThat(signed.bytes().toByteArray()).isEqualTo(Arrays.copyOfRange(body, start, end));
            assertThat(signed.signature().length()).isEqualTo(64);
            assertThat(new String(body, end, body.length - end, StandardCharsets.ISO_8859_1))
                    .startsWith(",\"signature\":\"")
                    .containsIgnoringCase(signed.signature().hex());
            requireUnlessGood(
                    signed.bytes().equals(GOOD.tcbInfo()),
                    new Collateral(
                            signed.bytes(),
                            signed.signature(),
                            GOOD.tcbInfoIssuerChain(),
                            GOOD.qeIdentity(),
                            GOOD.qeIdentitySignature(),
                            GOOD.qeIdentityIssuerChain(),
                            GOOD.rootCaCrl(),
                            GOOD.pckCrl(),
                            GOOD.pckCrlIssuerChain(),
                            GOOD.pckCertificateChain()));
        });
    }

    @FuzzTest(maxDuration = "10m")
    void issuerChainHeader(byte[] value) {
        String header = new String(value, StandardCharsets.ISO_8859_1);
        IssuerChainHeader.read(Map.of("tcb-info-issuer-chain", header), HEADER)
                .ifPresent(chain -> requireUnlessGood(
                        chain.equals(GOOD.tcbInfoIssuerChain()),
                        new Collateral(
                                GOOD.tcbInfo(),
                                GOOD.tcbInfoSignature(),
                                chain,
                                GOOD.qeIdentity(),
                                GOOD.qeIdentitySignature(),
                                GOOD.qeIdentityIssuerChain(),
                                GOOD.rootCaCrl(),
                                GOOD.pckCrl(),
                                GOOD.pckCrlIssuerChain(),
                                GOOD.pckCertificateChain())));
    }

    @FuzzTest(maxDuration = "10m")
    void bundle(byte[] json) {
        switch (CollateralBundle.read(json)) {
            case CollateralBundle.Reading.Malformed(String why) ->
                assertThat(why).isNotBlank();
            case CollateralBundle.Reading.Read(var entries) -> {
                assertThat(entries).isNotEmpty();
                for (Collateral entry : entries) {
                    CHECKS.check(entry, JudgedAt.exactly(NOW));
                }
            }
        }
    }

    /** A revocation list, where the checks read it before anything else. */
    @FuzzTest(maxDuration = "10m")
    void revocationList(byte[] der) {
        ByteString list = ByteString.copyOf(der);
        requireUnlessGood(
                list.equals(GOOD.rootCaCrl()),
                new Collateral(
                        GOOD.tcbInfo(),
                        GOOD.tcbInfoSignature(),
                        GOOD.tcbInfoIssuerChain(),
                        GOOD.qeIdentity(),
                        GOOD.qeIdentitySignature(),
                        GOOD.qeIdentityIssuerChain(),
                        list,
                        GOOD.pckCrl(),
                        GOOD.pckCrlIssuerChain(),
                        GOOD.pckCertificateChain()));
    }

    /** What the cache of AMD's certificates has on disk. */
    @FuzzTest(maxDuration = "10m")
    void amdFile(byte[] json) {
        try {
            AmdIssuers issuers = AmdFiles.issuers(json);
            assertThat(AmdFiles.issuers(AmdFiles.ofIssuers(issuers))).isEqualTo(issuers);
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
        try {
            AmdFiles.Vcek vcek = AmdFiles.vcek(json);
            assertThat(AmdFiles.vcek(AmdFiles.ofVcek(vcek.chip(), vcek.certificate())))
                    .isEqualTo(vcek);
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private static void requireUnlessGood(boolean good, Collateral collateral) {
        CollateralVerdict verdict = CHECKS.check(collateral, JudgedAt.exactly(NOW));
        if (!good) {
            assertThat(verdict).isInstanceOf(CollateralVerdict.Wrong.class);
        }
    }
}
