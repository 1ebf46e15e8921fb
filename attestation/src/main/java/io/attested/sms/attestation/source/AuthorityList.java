package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.pki.PckAuthority;
import io.attested.sms.attestation.pki.Validity;

/**
 * A PCK CA's revocation list, verified.
 *
 * @param issuerChain PEM that came with it: PCK CA, root
 * @param der as received
 */
record AuthorityList(PckAuthority authority, String issuerChain, ByteString der, Validity validity) {}
