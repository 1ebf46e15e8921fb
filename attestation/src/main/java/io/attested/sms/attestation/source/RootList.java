package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.pki.Validity;

/**
 * The root's revocation list, verified.
 *
 * @param der as received
 */
record RootList(ByteString der, Validity validity) {}
