package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;
import java.io.IOException;
import java.util.List;

/**
 * The chain of who signed TCB info or QE identity, as presented.
 *
 * @param signer the TCB signer
 * @param root trusted only if it is the pinned one
 */
record TcbChain(SignedCertificate signer, SignedCertificate root) {
    /** @param what which collateral, for messages */
    static TcbChain read(String what, ByteString pem, PemChain.CertificateReader reader) throws EvidenceRejected {
        try {
            List<SignedCertificate> chain = PemChain.read(pem.toByteArray(), reader);
            if (chain.size() != 2) {
                throw new IOException("it has " + chain.size() + " certificates, expected 2");
            }
            return new TcbChain(chain.get(0), chain.get(1));
        } catch (IOException malformed) {
            throw new EvidenceRejected(
                    RejectionReason.TCB_SIGNER_INVALID,
                    what + " issuer chain",
                    "signer and root in PEM",
                    String.valueOf(malformed.getMessage()));
        }
    }
}
