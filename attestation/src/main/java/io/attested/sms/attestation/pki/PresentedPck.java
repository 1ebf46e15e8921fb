package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.Readings;
import java.nio.charset.StandardCharsets;

/**
 * What a PCK chain says before anything of it was verified: for showing, never for deciding.
 *
 * @param issuerName CN of the certificate after the leaf
 * @param platform the leaf's extension
 */
public record PresentedPck(String issuerName, PckExtension platform) {
    /**
     * The same of a chain after which more follows, which no verification accepts: for showing only.
     *
     * @param pem canonical PEM up to the last certificate's end, then anything
     * @throws EvidenceRejected when it is another
     */
    public static PresentedPck peek(ByteString pem) throws EvidenceRejected {
        String text = new String(pem.toByteArray(), StandardCharsets.ISO_8859_1);
        int last = text.lastIndexOf(PemChain.END);
        return read(last < 0 ? pem : pem.slice(0, last + PemChain.END.length()));
    }

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
