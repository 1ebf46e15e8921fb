package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;
import java.io.IOException;
import java.util.List;

/**
 * The chain of who issued collateral, as presented: a TCB signer, or the CA of a revocation list.
 *
 * @param issuer directly under the root
 * @param root trusted only if it is the pinned one
 */
record IssuerChain(SignedCertificate issuer, SignedCertificate root) {
    /**
     * Reads canonical PEM of exactly two certificates.
     *
     * @param reason of the rejection when it is something else
     * @param what which collateral, for messages
     */
    static IssuerChain read(RejectionReason reason, String what, ByteString pem, PemChain.CertificateReader reader)
            throws EvidenceRejected {
        try {
            List<SignedCertificate> chain = PemChain.read(pem.toByteArray(), reader);
            if (chain.size() != 2) {
                throw new IOException("it has " + chain.size() + " certificates, expected 2");
            }
            return new IssuerChain(chain.get(0), chain.get(1));
        } catch (IOException malformed) {
            throw new EvidenceRejected(
                    reason, what + " issuer chain", "issuer and root in PEM", String.valueOf(malformed.getMessage()));
        }
    }
}
