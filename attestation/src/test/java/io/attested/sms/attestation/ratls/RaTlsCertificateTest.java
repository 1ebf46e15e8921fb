package io.attested.sms.attestation.ratls;

import static io.attested.sms.attestation.RejectionReason.RATLS_CERTIFICATE_INVALID;
import static io.attested.sms.attestation.RejectionReason.RATLS_KEY_NOT_BOUND;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.ENCLAVE;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.OTHER_KEY;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.RATLS;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.verdict;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.GRAMINE;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.GRAMINE_LEGACY;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.INTEL_LEGACY;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.head;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.joined;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.string;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.tagged;
import static io.attested.sms.attestation.simulated.SimulatedRaTls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.simulated.SimulatedRaTls;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RaTlsCertificateTest {
    private static final Optional<byte[]> NO_NONCE = Optional.empty();

    @SuppressWarnings("ArrayRecordComponent")
    record Good(RaTlsForm form, byte[] certificate) {
        @Override
        public String toString() {
            return form + " of " + certificate.length + " bytes";
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Bad(String name, RejectionReason reason, byte[] certificate) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Good> good() {
        return Stream.of(
                new Good(RaTlsForm.GRAMINE, RATLS.gramine()),
                new Good(RaTlsForm.GRAMINE, RATLS.gramine(new byte[32])),
                new Good(RaTlsForm.GRAMINE, RATLS.gramineBoth()),
                new Good(RaTlsForm.GRAMINE_LEGACY, RATLS.gramineLegacy()),
                new Good(RaTlsForm.INTEL_LEGACY, RATLS.intelLegacy()));
    }

    @ParameterizedTest
    @MethodSource("good")
    void everyFormIsReadAndItsQuoteIsBound(Good good) {
        RaTlsEvidence evidence = evidence(good.certificate);
        assertThat(evidence.form()).isEqualTo(good.form);
        assertThat(evidence.keyInfo().toByteArray()).isEqualTo(RATLS.keyDer());
        assertThat(evidence.expectedReportData().length()).isEqualTo(64);
        assertThat(verdict(evidence)).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @MethodSource("good")
    void aFlippedBitAtAnyOffsetIsRefused(Good good) {
        int length = good.certificate.length;
        assertThat(IntStream.range(0, length)
                        // Every byte of names, keys, heads and signature; the middle is quotes, and each try costs a
                        // signature.
                        .filter(offset -> offset < 700 || offset > length - 400 || offset % 13 == 0)
                        .parallel()
                        .filter(offset -> {
                            byte[] mutated = good.certificate.clone();
                            mutated[offset] ^= (byte) (1 << offset % 8);
                            return RaTlsCertificate.read(mutated) instanceof RaTlsReading.Presented;
                        }))
                .isEmpty();
    }

    @Test
    void readWhenPemThenSameAsDer() {
        String pem = pem(RATLS.gramine());
        for (String text : new String[] {pem, pem.stripTrailing(), pem + "\0", pem.replace("\n", "\r\n")}) {
            assertThat(evidence(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(evidence(RATLS.gramine()));
        }
    }

    @Test
    void readWhenThereIsANonceThenItIsPresented() {
        byte[] nonce = {1, 2, 3};
        assertThat(evidence(RATLS.gramine(nonce)).nonce()).contains(ByteString.copyOf(nonce));
        assertThat(evidence(RATLS.gramine()).nonce()).isEmpty();
    }

    @Test
    void claimsMayComeInAnyOrder() {
        byte[] claims = joined(
                head(5, 2),
                text("nonce"),
                string(2, new byte[8]),
                text("pubkey-hash"),
                string(2, keyHash(1, "SHA-256")));
        assertThat(verdict(evidence(RATLS.certificate(Map.of(GRAMINE, RATLS.tagged(claims))))))
                .isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @CsvSource({"1, SHA-256", "7, SHA-384", "8, SHA-512"})
    void everyFullLengthHashOfTheKeyIsKnown(int id, String algorithm) {
        byte[] claims = claims(keyHash(id, algorithm));
        assertThat(verdict(evidence(RATLS.certificate(Map.of(GRAMINE, RATLS.tagged(claims))))))
                .isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA256withECDSA",
        "secp384r1, SHA256withECDSA",
        "secp384r1, SHA384withECDSA",
        "secp521r1, SHA512withECDSA",
        "2048, SHA384withRSA",
        "3072, SHA256withRSA"
    })
    void keysOfGraminesKindsAreVerified(String kind, String algorithm) throws Exception {
        SimulatedRaTls ratls = simulated(kind, algorithm);
        assertThat(verdict(evidence(ratls.gramineBoth()))).isInstanceOf(Verified.class);
        assertThat(verdict(evidence(ratls.gramineLegacy()))).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @CsvSource({"1024, SHA256withRSA", "2048, SHA1withRSA", "secp256r1, SHA1withECDSA", "2048, SHA256withRSAandMGF1"})
    void otherKeysAndSignaturesAreRefused(String kind, String algorithm) throws Exception {
        assertThat(RaTlsCertificate.read(simulated(kind, algorithm).gramine()))
                .isInstanceOf(RaTlsReading.Refused.class);
    }

    @Test
    void intelsFormNeedsAKeyOnP256() throws Exception {
        requireRefused(
                RATLS_CERTIFICATE_INVALID,
                simulated("secp384r1", "SHA384withECDSA").intelLegacy());
    }

    static Stream<Bad> bad() {
        return Stream.of(certificates(), combinations(), cbor()).flatMap(bad -> bad);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void oneDifferenceIsRefusedWithItsReason(Bad bad) {
        requireRefused(bad.reason, bad.certificate);
    }

    private static Stream<Bad> certificates() {
        byte[] good = RATLS.gramine();
        String pem = pem(good);
        return Stream.of(
                invalid("empty", new byte[0]),
                invalid("cut off", Arrays.copyOf(good, good.length - 1)),
                invalid("a byte more", Arrays.copyOf(good, good.length + 1)),
                invalid("over 64 KiB", Arrays.copyOf(good, RaTlsCertificate.MAX_LENGTH + 1)),
                invalid("two in PEM", (pem + pem).getBytes(StandardCharsets.US_ASCII)),
                invalid("dashes only", "-----".getBytes(StandardCharsets.US_ASCII)),
                invalid("no evidence", RATLS.certificate(Map.of())),
                invalid("unknown extension only", RATLS.certificate(Map.of("1.2.3.4", new byte[] {5, 0}))),
                new Bad(
                        "signed by another key",
                        RATLS_KEY_NOT_BOUND,
                        RATLS.signedBy(OTHER_KEY).gramine()),
                new Bad(
                        "legacy signed by another key",
                        RATLS_KEY_NOT_BOUND,
                        RATLS.signedBy(OTHER_KEY).gramineLegacy()),
                new Bad(
                        "Intel's signed by another key",
                        RATLS_KEY_NOT_BOUND,
                        RATLS.signedBy(OTHER_KEY).intelLegacy()));
    }

    private static Stream<Bad> combinations() {
        byte[] standard = RATLS.tagged(RATLS.claims(NO_NONCE));
        byte[] quote = RATLS.quoteOver(RATLS.keyDer());
        byte[] othersClaims = SimulatedRaTls.of(ENCLAVE, OTHER_KEY).claims(NO_NONCE);
        return Stream.of(
                invalid("standard and Intel's", RATLS.certificate(Map.of(GRAMINE, standard, INTEL_LEGACY, quote))),
                invalid("both legacy forms", RATLS.certificate(Map.of(GRAMINE_LEGACY, quote, INTEL_LEGACY, quote))),
                invalid(
                        "all three",
                        RATLS.certificate(Map.of(GRAMINE, standard, GRAMINE_LEGACY, quote, INTEL_LEGACY, quote))),
                invalid(
                        "broken standard beside a good legacy form",
                        RATLS.certificate(Map.of(GRAMINE, new byte[] {0}, GRAMINE_LEGACY, quote))),
                new Bad(
                        "standard for another key beside a good legacy form",
                        RATLS_KEY_NOT_BOUND,
                        RATLS.certificate(Map.of(GRAMINE, RATLS.tagged(othersClaims), GRAMINE_LEGACY, quote))),
                new Bad(
                        "standard for another key",
                        RATLS_KEY_NOT_BOUND,
                        RATLS.certificate(Map.of(GRAMINE, RATLS.tagged(othersClaims)))));
    }

    private static Stream<Bad> cbor() {
        byte[] claims = RATLS.claims(NO_NONCE);
        byte[] quote = RATLS.quoteOver(claims);
        byte[] hash = keyHash(1, "SHA-256");
        byte[] pair = joined(text("pubkey-hash"), string(2, hash));
        byte[] nonce = joined(text("nonce"), string(2, new byte[8]));
        byte[] body = joined(string(2, quote), string(2, claims));
        byte[] longTag = {(byte) 0xda, 0, 0, (byte) 0xea, 0x60};
        byte[] longArray = {(byte) 0x98, 2};
        byte[] indefinite = joined(head(6, 60000), new byte[] {(byte) 0x9f}, body, new byte[] {(byte) 0xff});
        return Stream.of(
                extension("nothing", new byte[0]),
                extension("the quote alone", quote),
                extension("no tag", joined(head(4, 2), body)),
                extension("another tag", joined(head(6, 60001), head(4, 2), body)),
                extension("tag in five bytes", joined(longTag, head(4, 2), body)),
                extension("array head in two bytes", joined(head(6, 60000), longArray, body)),
                extension("three elements", joined(head(6, 60000), head(4, 3), body, head(0, 1))),
                extension("one element", joined(head(6, 60000), head(4, 1), string(2, quote))),
                extension("indefinite array", indefinite),
                extension("a byte after", joined(tagged(quote, claims), head(0, 0))),
                extension("claims missing", joined(head(6, 60000), head(4, 2), string(2, quote))),
                extension("quote as text", joined(head(6, 60000), head(4, 2), string(3, quote), string(2, claims))),
                extension(
                        "length beyond 2^31",
                        joined(head(6, 60000), head(4, 2), new byte[] {0x5a, -1, -1, -1, -1}, quote)),
                extension(
                        "length of 8 bytes",
                        joined(head(6, 60000), head(4, 2), new byte[] {0x5b, 0, 0, 0, 0, 0, 0, 0, 1}, quote)),
                claimed("no claims", head(5, 0)),
                claimed("no key hash", joined(head(5, 1), nonce)),
                claimed("unknown claim", joined(head(5, 2), pair, text("x"), string(2, hash))),
                claimed("key hash twice", joined(head(5, 2), pair, pair)),
                claimed("nonce twice", joined(head(5, 3), pair, nonce, nonce)),
                claimed("fewer pairs than said", joined(head(5, 2), pair)),
                claimed("more pairs than said", joined(head(5, 1), pair, nonce)),
                claimed("a list of claims", joined(head(4, 2), pair)),
                claimed(
                        "name as bytes",
                        joined(
                                head(5, 1),
                                string(2, "pubkey-hash".getBytes(StandardCharsets.US_ASCII)),
                                string(2, hash))),
                claimed("key hash not wrapped", joined(head(5, 1), text("pubkey-hash"), hash)),
                claimed("hash of 8 bytes", claims(joined(head(4, 2), head(0, 6), string(2, new byte[8])))),
                claimed("hash algorithm 0", claims(joined(head(4, 2), head(0, 0), string(2, new byte[32])))),
                claimed("a byte after the hash", claims(joined(hash, head(0, 0)))),
                new Bad(
                        "hash cut short",
                        RATLS_KEY_NOT_BOUND,
                        certificate(claims(
                                joined(head(4, 2), head(0, 1), string(2, Arrays.copyOf(sha("SHA-256"), 31)))))),
                new Bad(
                        "hash under another name",
                        RATLS_KEY_NOT_BOUND,
                        certificate(claims(joined(head(4, 2), head(0, 7), string(2, sha("SHA-256")))))));
    }

    @Test
    void boundWhenAnyByteOfReportDataDiffersThenRejected() {
        byte[] claims = RATLS.claims(NO_NONCE);
        byte[] right = Arrays.copyOf(digest("SHA-256", claims), 64);
        for (int offset = 0; offset < 64; offset++) {
            byte[] reportData = right.clone();
            reportData[offset] ^= 1;
            byte[] certificate = RATLS.certificate(Map.of(GRAMINE, tagged(ENCLAVE.quote(reportData), claims)));
            requireNotBound(verdict(evidence(certificate)));
        }
    }

    @Test
    void boundWhenIntelsFormHasTextInTheSecondHalfThenRejected() {
        byte[] reportData =
                Arrays.copyOf(digest("SHA-256", RATLS.key().getPublicKeyData().getBytes()), 64);
        assertThat(verdict(evidence(RATLS.certificate(Map.of(INTEL_LEGACY, ENCLAVE.quote(reportData))))))
                .isInstanceOf(Verified.class);
        reportData[63] = 1;
        requireNotBound(verdict(evidence(RATLS.certificate(Map.of(INTEL_LEGACY, ENCLAVE.quote(reportData))))));
    }

    @Test
    void boundWhenQuoteIsThatOfAnotherFormThenRejected() {
        byte[] overKey = RATLS.quoteOver(RATLS.keyDer());
        byte[] overPoint = RATLS.quoteOver(RATLS.key().getPublicKeyData().getBytes());
        byte[] claims = RATLS.claims(NO_NONCE);
        requireNotBound(verdict(evidence(RATLS.certificate(Map.of(INTEL_LEGACY, overKey)))));
        requireNotBound(verdict(evidence(RATLS.certificate(Map.of(GRAMINE_LEGACY, overPoint)))));
        requireNotBound(verdict(evidence(RATLS.certificate(Map.of(GRAMINE, tagged(overKey, claims))))));
        requireNotBound(verdict(
                evidence(RATLS.certificate(Map.of(GRAMINE, tagged(overKey, claims), GRAMINE_LEGACY, overKey)))));
    }

    @Test
    void boundWhenQuoteIsRejectedThenStaysRejected() {
        Rejected rejected = new Rejected(RejectionReason.QUOTE_SIGNATURE_INVALID, "a", "b", "c");
        assertThat(evidence(RATLS.gramine()).bound(rejected)).isEqualTo(rejected);
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(1);
        byte[] good = RATLS.gramine();
        for (int round = 0; round < 2000; round++) {
            byte[] noise = new byte[random.nextInt(5000)];
            random.nextBytes(noise);
            System.arraycopy(good, 0, noise, 0, Math.min(random.nextInt(40), noise.length));
            assertThat(RaTlsCertificate.read(noise)).isInstanceOf(RaTlsReading.Refused.class);
        }
    }

    private static void requireNotBound(Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RATLS_KEY_NOT_BOUND));
    }

    private static void requireRefused(RejectionReason reason, byte[] certificate) {
        assertThat(RaTlsCertificate.read(certificate)).isInstanceOfSatisfying(RaTlsReading.Refused.class, refused -> {
            assertThat(refused.rejection().reason())
                    .as(refused.rejection().detail())
                    .isEqualTo(reason);
            assertThat(refused.rejection().detail()).isNotBlank();
        });
    }

    private static Bad invalid(String name, byte[] certificate) {
        return new Bad(name, RATLS_CERTIFICATE_INVALID, certificate);
    }

    private static Bad extension(String name, byte[] content) {
        return invalid(name, RATLS.certificate(Map.of(GRAMINE, content)));
    }

    private static Bad claimed(String name, byte[] claims) {
        return invalid(name, certificate(claims));
    }

    private static byte[] certificate(byte[] claims) {
        return RATLS.certificate(Map.of(GRAMINE, RATLS.tagged(claims)));
    }

    private static byte[] claims(byte[] keyHash) {
        return joined(head(5, 1), text("pubkey-hash"), string(2, keyHash));
    }

    private static byte[] keyHash(int id, String algorithm) {
        return joined(head(4, 2), head(0, id), string(2, sha(algorithm)));
    }

    private static byte[] sha(String algorithm) {
        return digest(algorithm, RATLS.keyDer());
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SimulatedRaTls simulated(String kind, String algorithm) throws GeneralSecurityException {
        boolean rsa = Character.isDigit(kind.charAt(0));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
        if (rsa) {
            generator.initialize(Integer.parseInt(kind));
        } else {
            generator.initialize(new ECGenParameterSpec(kind));
        }
        KeyPair pair = generator.generateKeyPair();
        JcaContentSignerBuilder signer = new JcaContentSignerBuilder(algorithm);
        if (algorithm.endsWith("MGF1")) {
            signer.setProvider(new BouncyCastleProvider());
        }
        return new SimulatedRaTls(
                ENCLAVE,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                () -> contentSigner(signer, pair));
    }

    private static ContentSigner contentSigner(JcaContentSignerBuilder signer, KeyPair pair) {
        try {
            return signer.build(pair.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static RaTlsEvidence evidence(byte[] certificate) {
        assertThat(RaTlsCertificate.read(certificate)).isInstanceOf(RaTlsReading.Presented.class);
        return ((RaTlsReading.Presented) RaTlsCertificate.read(certificate)).evidence();
    }
}
