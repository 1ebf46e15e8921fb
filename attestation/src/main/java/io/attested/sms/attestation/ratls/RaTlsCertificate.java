package io.attested.sms.attestation.ratls;

import static io.attested.sms.attestation.RejectionReason.RATLS_CERTIFICATE_INVALID;
import static io.attested.sms.attestation.RejectionReason.RATLS_KEY_NOT_BOUND;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.Sha256;
import io.attested.sms.attestation.pki.PemChain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads RA-TLS certificates.
 *
 * <p>The certificate must be signed by its own key, which shows that whoever made it had the private key; that the peer
 * of a connection has it, only the TLS handshake shows. Dates are ignored, so is the subject.
 *
 * <p>Which evidence counts, when there are several extensions: Gramine writes its standard and its legacy form into one
 * certificate, with a quote each. The standard form then is the only one looked at, whether it holds or not; the legacy
 * one is neither read nor a fall-back. Every other combination contradicts itself and is refused.
 */
public final class RaTlsCertificate {
    /** A certificate with a quote of the greatest length in each of two forms fits. */
    static final int MAX_LENGTH = 64 * 1024;

    private static final byte[] PEM_START = "-----".getBytes(StandardCharsets.US_ASCII);

    private RaTlsCertificate() {}

    /**
     * Finds the quote and what its REPORTDATA must be. Never throws, whatever the bytes are.
     *
     * @param certificate DER, or canonical PEM with lines ended by LF or CR LF; one certificate
     */
    public static RaTlsReading read(byte[] certificate) {
        try {
            return new RaTlsReading.Presented(evidence(certificate));
        } catch (EvidenceRejected rejected) {
            return new RaTlsReading.Refused(rejected.verdict());
        } catch (IOException malformed) {
            return new RaTlsReading.Refused(new EvidenceRejected(
                            RATLS_CERTIFICATE_INVALID,
                            "RA-TLS certificate",
                            "one self-signed X.509 certificate with a quote inside",
                            String.valueOf(malformed.getMessage()))
                    .verdict());
        }
    }

    private static RaTlsEvidence evidence(byte[] bytes) throws IOException, EvidenceRejected {
        if (bytes.length > MAX_LENGTH) {
            throw new IOException("certificate is longer than " + MAX_LENGTH + " bytes");
        }
        SelfSigned certificate = SelfSigned.read(der(bytes));
        Map.Entry<RaTlsForm, ByteString> chosen = chosen(certificate.evidence());
        if (!certificate.isSignedByItself()) {
            throw new EvidenceRejected(
                    RATLS_KEY_NOT_BOUND, "certificate's signature", "made by its own key", "not made by it");
        }
        ByteString content = chosen.getValue();
        return switch (chosen.getKey()) {
            case GRAMINE -> tagged(certificate, TaggedEvidence.read(content));
            case GRAMINE_LEGACY -> plain(certificate, RaTlsForm.GRAMINE_LEGACY, content, certificate.keyInfo());
            case INTEL_LEGACY -> plain(certificate, RaTlsForm.INTEL_LEGACY, content, certificate.point());
        };
    }

    private static ByteString der(byte[] bytes) throws IOException {
        if (bytes.length < PEM_START.length || !startsLikePem(bytes)) {
            return ByteString.copyOf(bytes);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        List<ByteString> certificates = PemChain.encodings(text.getBytes(StandardCharsets.ISO_8859_1));
        if (certificates.size() != 1) {
            throw new IOException("text holds " + certificates.size() + " certificates, expected 1");
        }
        return certificates.get(0);
    }

    private static boolean startsLikePem(byte[] bytes) {
        for (int i = 0; i < PEM_START.length; i++) {
            if (bytes[i] != PEM_START[i]) {
                return false;
            }
        }
        return true;
    }

    private static Map.Entry<RaTlsForm, ByteString> chosen(Map<RaTlsForm, ByteString> evidence) throws IOException {
        if (evidence.isEmpty()) {
            throw new IOException("no extension holds a quote");
        }
        boolean standardBesideLegacy = evidence.keySet().equals(Set.of(RaTlsForm.GRAMINE, RaTlsForm.GRAMINE_LEGACY));
        if (evidence.size() > 1 && !standardBesideLegacy) {
            throw new IOException("extensions of contradicting forms hold quotes: " + evidence.keySet());
        }
        // The map is in the order of the enumeration, in which the standard form is first.
        return evidence.entrySet().iterator().next();
    }

    private static RaTlsEvidence tagged(SelfSigned certificate, TaggedEvidence evidence) throws EvidenceRejected {
        if (!evidence.keyHash().isOf(certificate.keyInfo())) {
            throw new EvidenceRejected(
                    RATLS_KEY_NOT_BOUND,
                    "pubkey-hash",
                    "the certificate key's " + evidence.keyHash().algorithm(),
                    evidence.keyHash().value());
        }
        return new RaTlsEvidence(
                evidence.quote(),
                RaTlsForm.GRAMINE,
                certificate.keyInfo(),
                reportData(evidence.claims()),
                evidence.nonce());
    }

    private static RaTlsEvidence plain(SelfSigned certificate, RaTlsForm form, ByteString quote, ByteString hashedKey) {
        return new RaTlsEvidence(quote, form, certificate.keyInfo(), reportData(hashedKey), Optional.empty());
    }

    private static ByteString reportData(ByteString hashed) {
        byte[] reportData = new byte[64];
        System.arraycopy(Sha256.of(hashed).toByteArray(), 0, reportData, 0, 32);
        return ByteString.copyOf(reportData);
    }
}
