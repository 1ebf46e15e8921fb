package io.attested.sms.secret;

import io.attested.sms.chain.Address;
import java.util.Optional;

/**
 * Rows of secrets. Reads may run anywhere; writes run inside {@code AuditLog.commit}, one at a time.
 *
 * <p>Rows of (kind, asset, name, owner) and marks are never deleted.
 */
public interface SecretStore {
    Optional<SealedSecret> find(SecretId id, Address owner);

    /** Whether any owner ever pushed it. */
    boolean existsForAnyOwner(SecretId id);

    /** Number of secrets of all kinds this owner pushed. */
    int countOf(Address owner);

    void insert(SealedSecret secret);

    /** Puts another value in the place of the one with the version before. */
    void replace(SealedSecret secret);

    /** The owner an asset was last seen with; absent when no secret was ever pushed for it. */
    Optional<Address> ownerLastSeen(Address asset);

    void rememberOwner(Address asset, Address owner);

    boolean isAccepted(ChallengeMark mark);

    /** Remembers the mark for ever; remembering it again changes nothing. */
    void accept(ChallengeMark mark);
}
