package io.attested.sms.operate.legacy.jdbc;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.ImportedChallengeKeys;
import io.attested.sms.operate.legacy.Candidate;
import io.attested.sms.operate.legacy.ImportTarget;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.time.InstantSource;

/** An open store that takes over. */
public final class StoreTarget implements ImportTarget {
    private final OpenStore store;
    private final SecretVault vault;
    private final InstantSource clock;

    /** {@code vault} is the store's. */
    public StoreTarget(OpenStore store, SecretVault vault, InstantSource clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public boolean holds(SecretId id) {
        return vault.everHeld(id);
    }

    @Override
    public boolean holdsChallengeKey(Bytes32 chainTaskId) {
        return store.importedKeys().holds(chainTaskId);
    }

    @Override
    public boolean take(Push push) {
        return vault.takeOver(push);
    }

    @Override
    public boolean take(Candidate.Challenge challenge) {
        ImportedChallengeKeys.Row row = store.keyring()
                .sealChallengeKey(challenge.chainTaskId(), challenge.privateKey())
                .orElseThrow();
        boolean taken = store.log().commit(() -> insert(challenge, row)).outcome();
        if (taken) {
            store.importedKeys().reload();
        }
        return taken;
    }

    private Recorded<Boolean> insert(Candidate.Challenge challenge, ImportedChallengeKeys.Row row) {
        return store.importedKeys().insert(challenge.chainTaskId(), row, challenge.deadline())
                ? Recorded.with(
                        true,
                        AuditEntry.of(Event.CHALLENGE_KEY_IMPORTED, clock.instant())
                                .with(Field.CHAIN_TASK_ID, challenge.chainTaskId()))
                : Recorded.silently(false);
    }
}
