package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.AmdRoot;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.amd.SnpCollateral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * A PKI with AMD's names and structure under its own root: ARK, ASK, ASVK, one chip and one cloud provider.
 *
 * <p>Its keys are known to everybody (see {@link SimulatedRsaKey}): trust this root in tests only.
 */
public final class SimulatedAmd {
    /** Name of the trust root, as verdicts show it. */
    public static final String TRUST_ROOT_NAME = "simulated-amd";

    private static final int ISSUE_CERTIFICATES = KeyUsage.keyCertSign | KeyUsage.cRLSign;

    private final Instant createdAt;
    private final AmdProduct product;
    private final SimulatedAuthority root;
    private final SimulatedAuthority chipAuthority;
    private final SimulatedAuthority providerAuthority;

    private SimulatedAmd(Instant createdAt, AmdProduct product, SimulatedRsaKey rootKey) {
        this.createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
        this.product = product;
        this.root = SimulatedAuthority.selfSigned(authorityTerms("ARK-", rootKey, 0x10000), rootKey);
        SimulatedRsaKey ask = SimulatedRsaKey.named("ask");
        SimulatedRsaKey asvk = SimulatedRsaKey.named("asvk");
        this.chipAuthority = root.issueAuthority(authorityTerms("SEV-", ask, 0x10001), ask);
        this.providerAuthority = root.issueAuthority(authorityTerms("SEV-VLEK-", asvk, 0x10101), asvk);
    }

    /** The PKI for a product; the same bytes for the same arguments. */
    public static SimulatedAmd of(Instant now, AmdProduct product) {
        return new SimulatedAmd(now, product, SimulatedRsaKey.named("ark"));
    }

    /** The same names under another root key. */
    public static SimulatedAmd foreign(Instant now, AmdProduct product) {
        return new SimulatedAmd(now, product, SimulatedRsaKey.named("other-ark"));
    }

    /** The root to be trusted, named {@value #TRUST_ROOT_NAME}. */
    public AmdRoot trustRoot() {
        return AmdRoot.of(TRUST_ROOT_NAME, product, root.pem());
    }

    /** The ARK. */
    public SimulatedAuthority root() {
        return root;
    }

    /** ASK or ASVK. */
    public SimulatedAuthority authority(SigningKey kind) {
        return kind == SigningKey.VCEK ? chipAuthority : providerAuthority;
    }

    /** The product. */
    public AmdProduct product() {
        return product;
    }

    /** The key that signs reports. */
    public SimulatedP384Key signingKey(SigningKey kind) {
        return SimulatedP384Key.derive(kind.name());
    }

    /** TCB version of the platform as its reports have it, 8 bytes. */
    public byte[] tcb() {
        return HexFormat.of().parseHex(product == AmdProduct.TURIN ? "0102030400000048" : "0300000000000873");
    }

    /** CHIP_ID of the platform, 64 bytes. */
    public byte[] chipId() {
        byte[] chipId = new byte[64];
        byte[] hardwareId = SimulatedKey.digest("SHA-512", new byte[] {'c', 'h', 'i', 'p'});
        System.arraycopy(hardwareId, 0, chipId, 0, hardwareIdLength());
        return chipId;
    }

    /** Terms of the certificate of {@link #signingKey}. */
    public AmdCertificateTerms signerTerms(SigningKey kind) {
        Map<String, byte[]> extensions = new TreeMap<>();
        extensions.put("1", der(new ASN1Integer(product == AmdProduct.TURIN ? 1 : 0)));
        extensions.put("2", der(new DERIA5String(product.text() + "-B0")));
        int[] order =
                product == AmdProduct.TURIN ? new int[] {9, 1, 2, 3, 5, 6, 7, 8} : new int[] {1, 2, 4, 5, 6, 7, 3, 8};
        for (int i = 0; i < order.length; i++) {
            extensions.put("3." + order[i], der(new ASN1Integer(Byte.toUnsignedInt(tcb()[i]))));
        }
        if (kind == SigningKey.VCEK) {
            extensions.put("4", Arrays.copyOf(chipId(), hardwareIdLength()));
        } else {
            extensions.put("5", der(new DERIA5String("cloud.invalid")));
        }
        return new AmdCertificateTerms(
                kind == SigningKey.VCEK ? "SEV-VCEK" : "SEV-VLEK",
                signingKey(kind).info(),
                kind == SigningKey.VCEK ? BigInteger.ZERO : BigInteger.valueOf(0x0c0ffee),
                createdAt.minus(Duration.ofDays(1)),
                createdAt.plus(Duration.ofDays(7 * 365)),
                Optional.empty(),
                Optional.empty(),
                extensions);
    }

    /** Terms of the ASK's or ASVK's certificate. */
    public AmdCertificateTerms authorityTerms(SigningKey kind) {
        return kind == SigningKey.VCEK
                ? authorityTerms("SEV-", chipAuthority.key(), 0x10001)
                : authorityTerms("SEV-VLEK-", providerAuthority.key(), 0x10101);
    }

    /** Signer's issuer and root in PEM. */
    public String chainPem(SigningKey kind) {
        return authority(kind).pem() + root.pem();
    }

    /** Terms of the root's revocation list, which revokes nothing. */
    public AmdCrlTerms listTerms() {
        return new AmdCrlTerms(
                root,
                root.key(),
                createdAt.minus(Duration.ofHours(1)),
                createdAt.plus(Duration.ofDays(30)),
                List.of(),
                false);
    }

    /** Everything that comes beside a report. */
    public SnpCollateral collateral(SigningKey kind) {
        return new SnpCollateral(
                authority(kind).issue(signerTerms(kind)),
                chainPem(kind),
                Optional.of(listTerms().sign()));
    }

    private AmdCertificateTerms authorityTerms(String prefix, SimulatedRsaKey key, long serial) {
        return new AmdCertificateTerms(
                prefix + product.text(),
                key.info(),
                BigInteger.valueOf(serial),
                createdAt.minus(Duration.ofDays(2)),
                createdAt.plus(Duration.ofDays(25 * 365)),
                Optional.of(true),
                Optional.of(ISSUE_CERTIFICATES),
                Map.of());
    }

    private int hardwareIdLength() {
        return product == AmdProduct.TURIN ? 8 : 64;
    }

    private static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "SimulatedAmd[" + product + ", " + createdAt + "]";
    }
}
