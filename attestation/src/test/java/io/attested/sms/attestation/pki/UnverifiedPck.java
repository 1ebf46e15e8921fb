package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.Readings;

/** What a PCK chain says, unverified; for tests that compare parsed fields. */
public record UnverifiedPck(String issuerName, PckExtension platform) {
    public static UnverifiedPck read(ByteString pem) throws EvidenceRejected {
        PckChain chain = PckChain.read(pem);
        return new UnverifiedPck(chain.authority().commonName(), chain.platform(Readings.afresh()));
    }
}
