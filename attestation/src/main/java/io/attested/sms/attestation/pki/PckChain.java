package io.attested.sms.attestation.pki;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_UNTRUSTED;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.Readings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * PCK certificate, PCK CA and root as a quote presents them.
 *
 * @param leaf the platform's certificate
 * @param authority the PCK CA
 * @param root the root as presented; trusted only if it is the pinned one
 */
record PckChain(SignedCertificate leaf, SignedCertificate authority, SignedCertificate root) {
    private static final String LEAF_NAME = "SGX PCK Certificate";
    private static final String ROOT_NAME = "Intel SGX Root CA";
    private static final Set<String> AUTHORITY_NAMES =
            Set.of("Intel SGX PCK Processor CA", "Intel SGX PCK Platform CA");

    static PckChain read(ByteString pem) throws EvidenceRejected {
        return read(pem, SignedCertificate::read);
    }

    static PckChain read(ByteString pem, PemChain.CertificateReader reader) throws EvidenceRejected {
        try {
            List<SignedCertificate> chain = PemChain.read(pem.toByteArray(), reader);
            if (chain.size() != 3) {
                throw invalid("PCK chain length", 3, chain.size());
            }
            return new PckChain(chain.get(0), chain.get(1), chain.get(2));
        } catch (IOException malformed) {
            throw invalid("PCK chain", "canonical PEM of certificates", malformed.getMessage());
        }
    }

    /** Requires the names of Intel's PKI. */
    void requireNames() throws EvidenceRejected {
        requireName(leaf.commonName().contains(LEAF_NAME), leaf, LEAF_NAME);
        requireName(AUTHORITY_NAMES.contains(authority.commonName()), authority, "one of " + AUTHORITY_NAMES);
        requireName(root.commonName().equals(ROOT_NAME), root, ROOT_NAME);
    }

    /** Requires each certificate to be issued by the next and to be used as its extensions allow. */
    void requireConsistency(P256 p256) throws EvidenceRejected {
        if (!root.certificateAuthority() || !root.mayUse(KeyUsage.keyCertSign)) {
            throw invalid("root certificate", "a certificate authority", "none");
        }
        if (!authority.certificateAuthority() || !authority.mayUse(KeyUsage.keyCertSign)) {
            throw invalid("PCK CA's certificate", "a certificate authority", "none");
        }
        if (leaf.certificateAuthority() || !leaf.mayUse(KeyUsage.digitalSignature)) {
            throw invalid("PCK certificate", "no certificate authority, may sign", "another use");
        }
        if (!authority.isIssuedBy(root, p256)) {
            throw invalid("PCK CA's issuer", "the chain's root", "not it");
        }
        if (!leaf.isIssuedBy(authority, p256)) {
            throw invalid("PCK certificate's issuer", "the chain's PCK CA", "not it");
        }
    }

    PckExtension platform(Readings readings) throws EvidenceRejected {
        if (leaf.pckExtension().isEmpty()) {
            throw invalid("PCK extension", "in the PCK certificate", "not there");
        }
        return readings.read(PckExtension.class, leaf.pckExtension().get(), PckChain::platform);
    }

    private static PckExtension platform(ByteString extension) throws EvidenceRejected {
        try {
            return PckExtension.read(extension);
        } catch (IOException malformed) {
            throw invalid("PCK extension", "as its profile says", malformed.getMessage());
        }
    }

    private static void requireName(boolean holds, SignedCertificate certificate, String expected)
            throws EvidenceRejected {
        if (!holds) {
            throw new EvidenceRejected(CERT_CHAIN_UNTRUSTED, "certificate's CN", expected, certificate.commonName());
        }
    }

    private static EvidenceRejected invalid(String field, Object expected, @Nullable Object seen) {
        return new EvidenceRejected(CERT_CHAIN_INVALID, field, expected, String.valueOf(seen));
    }
}
