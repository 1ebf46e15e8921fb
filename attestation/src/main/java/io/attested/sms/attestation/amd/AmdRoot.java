package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.pki.PemChain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A root certificate (ARK) that reports of one product have to chain to, compared byte for byte.
 *
 * <p>A caller that trusts another root than AMD's trusts whoever holds that root's key to invent guests; do it for tests
 * only, and show {@link #name()} wherever a verdict is shown.
 *
 * @param name shown in verdicts, for instance {@code amd-ark-milan}
 * @param product whose reports it stands for
 * @param der the certificate, DER
 */
public record AmdRoot(String name, AmdProduct product, ByteString der) {
    /** AMD's roots, one for each product. */
    public static List<AmdRoot> all() {
        return List.of(of(AmdProduct.MILAN), of(AmdProduct.GENOA), of(AmdProduct.TURIN));
    }

    /** AMD's root key certificate for a product, as its key distribution service publishes it. */
    public static AmdRoot of(AmdProduct product) {
        String resource = "ark-" + product.text().toLowerCase(Locale.ROOT) + ".pem";
        try (InputStream pem = AmdRoot.class.getResourceAsStream(resource)) {
            if (pem == null) {
                throw new IllegalStateException("this jar lacks its resource " + resource);
            }
            return of("amd-" + resource.substring(0, resource.length() - ".pem".length()), product, text(pem));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the resource " + resource, e);
        }
    }

    /**
     * Another root.
     *
     * @param pem one certificate in canonical PEM
     * @throws IllegalArgumentException when {@code pem} is not exactly one certificate as AMD's roots are
     */
    public static AmdRoot of(String name, AmdProduct product, String pem) {
        try {
            List<ByteString> certificates = PemChain.encodings(pem.getBytes(StandardCharsets.US_ASCII));
            if (certificates.size() != 1) {
                throw new IllegalArgumentException(
                        "root " + name + " has " + certificates.size() + " certificates, expected exactly 1");
            }
            ByteString der = certificates.get(0);
            if (!AmdCertificate.read(der).isAuthority()) {
                throw new IllegalArgumentException("root " + name + " is no certificate authority");
            }
            return new AmdRoot(name, product, der);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "root " + name + " is no certificate with RSASSA-PSS in PEM: " + e.getMessage(), e);
        }
    }

    private static String text(InputStream pem) throws IOException {
        return new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
    }
}
