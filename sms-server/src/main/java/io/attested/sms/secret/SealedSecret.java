package io.attested.sms.secret;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.AssociatedData;
import io.attested.sms.keyring.Sealed;
import java.time.Instant;

/**
 * A secret as it rests in the store.
 *
 * @param version 1 for the first value
 * @param mark the push that made this value
 * @param measurementsDigest SHA-256 of the measurements file in use at the push
 */
public record SealedSecret(
        SecretId id,
        Address owner,
        long version,
        ChallengeMark mark,
        Bytes32 measurementsDigest,
        Sealed value,
        Instant pushedAt) {

    AssociatedData associatedData() {
        return associatedData(id, owner, version);
    }

    static AssociatedData associatedData(SecretId id, Address owner, long version) {
        return new AssociatedData(id.kind().word(), id.asset(), owner, id.name(), version);
    }
}
