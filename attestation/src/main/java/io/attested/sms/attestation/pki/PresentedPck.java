package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.Readings;

/**
 * What a PCK chain says before anything of it was verified: for showing, never for deciding.
 *
 * @param issuerName CN of the certificate after the leaf
 * @param platform the leaf's extension
 */
public record PresentedPck(String issuerName, PckExtension platform) {
    /**
     * Reads a chain.
     *
     * @param pem canonical PEM: PCK certificate, PCK CA, root
     * @throws EvidenceRejected when it is another
     */
    public static PresentedPck read(ByteString pem) throws EvidenceRejected {
        PckChain chain = PckChain.read(pem);
        return new PresentedPck(chain.authority().commonName(), chain.platform(Readings.afresh()));
    }
}
