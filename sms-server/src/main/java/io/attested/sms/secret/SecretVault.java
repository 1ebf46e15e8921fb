package io.attested.sms.secret;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.audit.ProvenanceFields;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.MacPurpose;
import io.attested.sms.keyring.TamperedRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the secrets.
 *
 * <p>Guarantees: what a push acknowledges is durable together with its log entry; a secret opens only for the owner who
 * pushed it; a repeated request never brings an older value back (native protocol section 6). The caller's duty: it has
 * verified the signature and, for a dataset or an app, asked the chain for the owner.
 *
 * <p>Every method may throw {@link LogUnavailable} or Spring's {@code DataAccessException} when the database fails: an
 * outage, never an answer.
 */
public final class SecretVault {
    private final Keyring keyring;
    private final SecretStore store;
    private final AuditLog log;
    private final InstantSource clock;
    private final PushBudget budget;
    private final Bytes32 measurementsDigest;

    /** {@code measurementsDigest} is the SHA-256 of the measurements file in use, stored with each value. */
    public SecretVault(
            Keyring keyring,
            SecretStore store,
            AuditLog log,
            InstantSource clock,
            PushBudget budget,
            Bytes32 measurementsDigest) {
        this.keyring = keyring;
        this.store = store;
        this.log = log;
        this.clock = clock;
        this.budget = budget;
        this.measurementsDigest = measurementsDigest;
    }

    /**
     * Stores a first value (POST).
     *
     * @throws StoreFull when only the reserve is left on the disk
     */
    public PushOutcome push(Push push) {
        budget.requireSpace();
        SealedSecret secret = seal(push, 1);
        var committed = log.commit(() -> insert(push, secret));
        return switch (committed.outcome()) {
            case Insertion.DONE -> new PushOutcome.Stored(committed.head());
            case Insertion.EXISTS -> new PushOutcome.AlreadyExists();
            case Insertion.OF_ANOTHER_KIND -> new PushOutcome.OfAnotherKind();
            case Insertion.OVER_QUOTA -> new PushOutcome.OverQuota(budget.namesPerOwner());
        };
    }

    private enum Insertion {
        DONE,
        EXISTS,
        OF_ANOTHER_KIND,
        OVER_QUOTA
    }

    private Recorded<Insertion> insert(Push push, SealedSecret secret) {
        if (store.find(push.id(), push.owner()).isPresent()) {
            return new Recorded<>(Insertion.EXISTS, noteOwner(push.id().asset(), push.owner()));
        }
        if (acceptedForAnotherKind(push)) {
            return Recorded.silently(Insertion.OF_ANOTHER_KIND);
        }
        if (store.countOf(push.owner()) >= budget.namesPerOwner()) {
            return Recorded.silently(Insertion.OVER_QUOTA);
        }
        store.insert(secret);
        store.accept(secret.mark());
        if (push.id().ownedOnChain()) {
            store.rememberOwner(push.id().asset(), push.owner());
        }
        return Recorded.with(Insertion.DONE, entry(Event.SECRET_PUSHED, push, secret));
    }

    /**
     * Takes a value over from another service's database, as a first value; quotas do not apply.
     *
     * @return false when there is, or once was, such a secret here, of whatever owner; it stays as it is
     * @throws StoreFull when only the reserve is left on the disk
     */
    public boolean takeOver(Push push) {
        budget.requireSpace();
        SealedSecret secret = seal(push, 1);
        return log.commit(() -> insertTakenOver(push, secret)).outcome();
    }

    private Recorded<Boolean> insertTakenOver(Push push, SealedSecret secret) {
        if (store.existsForAnyOwner(push.id())) {
            return Recorded.silently(false);
        }
        store.insert(secret);
        store.accept(secret.mark());
        if (push.id().ownedOnChain()) {
            store.rememberOwner(push.id().asset(), push.owner());
        }
        return Recorded.with(true, entry(Event.SECRET_IMPORTED, push, secret));
    }

    /** Whether there is, or once was, such a secret of whatever owner. */
    public boolean everHeld(SecretId id) {
        return store.existsForAnyOwner(id);
    }

    /**
     * Replaces the value of an account secret (PUT).
     *
     * @throws StoreFull when only the reserve is left on the disk
     * @throws IllegalArgumentException for another kind: those cannot be replaced
     */
    public ReplaceOutcome replace(Push push) {
        if (!(push.id() instanceof SecretId.AccountSecret)) {
            throw new IllegalArgumentException("only account secrets can be replaced");
        }
        budget.requireSpace();
        Optional<ReplaceOutcome> outcome = Optional.empty();
        while (outcome.isEmpty()) {
            outcome = tryReplace(push);
        }
        return outcome.get();
    }

    /**
     * Empty when another replacement was faster: the version is in the associated data and sealing happens before the
     * writer's turn, so the value must be sealed again as the version after that one.
     */
    private Optional<ReplaceOutcome> tryReplace(Push push) {
        Optional<SealedSecret> current = store.find(push.id(), push.owner());
        if (current.isEmpty()) {
            return Optional.of(new ReplaceOutcome.Missing());
        }
        SealedSecret next = seal(push, current.get().version() + 1);
        var committed = log.commit(() -> update(push, next));
        return switch (committed.outcome()) {
            case Update.DONE -> Optional.of(new ReplaceOutcome.Stored(next.version(), committed.head()));
            case Update.UNCHANGED -> Optional.of(new ReplaceOutcome.Unchanged());
            case Update.REPLAYED -> Optional.of(new ReplaceOutcome.Replayed());
            case Update.OVERTAKEN -> Optional.empty();
        };
    }

    private enum Update {
        DONE,
        UNCHANGED,
        REPLAYED,
        OVERTAKEN
    }

    private Recorded<Update> update(Push push, SealedSecret next) {
        SealedSecret current = store.find(next.id(), next.owner()).orElseThrow();
        if (current.mark().equals(next.mark())) {
            return Recorded.silently(Update.UNCHANGED);
        }
        if (store.isAccepted(next.mark()) || acceptedForAnotherKind(push)) {
            return Recorded.silently(Update.REPLAYED);
        }
        if (current.version() + 1 != next.version()) {
            return Recorded.silently(Update.OVERTAKEN);
        }
        store.replace(next);
        store.accept(next.mark());
        return Recorded.with(Update.DONE, entry(Event.SECRET_REPLACED, push, next));
    }

    /** Whether the secret is there for the owner its asset was last seen with; the answer to HEAD. */
    public boolean present(SecretId id) {
        Optional<Address> owner = id.ownedOnChain() ? store.ownerLastSeen(id.asset()) : Optional.of(id.asset());
        return owner.flatMap(seen -> store.find(id, seen)).isPresent();
    }

    /** Whether the secret may be used, given the asset's owner. */
    public SecretPresence presence(SecretId id, Address currentOwner) {
        Optional<SealedSecret> secret = store.find(id, currentOwner);
        if (secret.isPresent()) {
            return new SecretPresence.Usable(
                    secret.get().version(), secret.get().measurementsDigest());
        }
        return store.existsForAnyOwner(id) ? new SecretPresence.OwnedByFormerOwner() : new SecretPresence.Missing();
    }

    /**
     * The current value that {@code owner} pushed; the caller closes it.
     *
     * @throws TamperedRecord when the row was altered or moved
     */
    public Optional<SecretBytes> open(SecretId id, Address owner) {
        return store.find(id, owner).map(secret -> keyring.open(secret.value(), secret.associatedData()));
    }

    /**
     * Records the owner the chain names for an asset at the head: after a transfer the former owner's secrets count as
     * absent, after a return they are found again. Writes only when it changed, and nothing for an asset for which
     * nobody ever pushed.
     */
    public void seenOwner(Address asset, Address owner) {
        if (differs(asset, owner)) {
            log.commit(() -> new Recorded<>(owner, noteOwner(asset, owner)));
        }
    }

    private Optional<AuditEntry> noteOwner(Address asset, Address owner) {
        if (!differs(asset, owner)) {
            return Optional.empty();
        }
        store.rememberOwner(asset, owner);
        return Optional.of(AuditEntry.of(Event.OWNER_CHANGED, clock.instant())
                .with(Field.ASSET, asset)
                .with(Field.OWNER, owner));
    }

    private boolean differs(Address asset, Address owner) {
        return store.ownerLastSeen(asset).filter(seen -> !seen.equals(owner)).isPresent();
    }

    private SealedSecret seal(Push push, long version) {
        return new SealedSecret(
                push.id(),
                push.owner(),
                version,
                mark(push),
                measurementsDigest,
                keyring.seal(push.value(), SealedSecret.associatedData(push.id(), push.owner(), version)),
                clock.instant());
    }

    /** iExec's clients sign the same bytes for three of the kinds, so only what was accepted before tells them apart. */
    private boolean acceptedForAnotherKind(Push push) {
        return Stream.of(SecretKind.values())
                .filter(kind -> kind != push.id().kind())
                .anyMatch(kind -> store.isAccepted(mark(kind, push)));
    }

    private ChallengeMark mark(Push push) {
        return mark(push.id().kind(), push);
    }

    private ChallengeMark mark(SecretKind kind, Push push) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(kind.word().getBytes(StandardCharsets.US_ASCII));
        data.write(0);
        data.writeBytes(push.challenge().bytes());
        return new ChallengeMark(Bytes32.of(keyring.mac(MacPurpose.PUSH_REPLAY, data.toByteArray())));
    }

    private static AuditEntry entry(Event event, Push push, SealedSecret secret) {
        AuditEntry entry = AuditEntry.of(event, secret.pushedAt())
                .with(Field.SECRET_KIND, secret.id().kind().word())
                .with(Field.ASSET, secret.id().asset())
                .with(Field.SECRET_NAME, secret.id().name())
                .with(Field.OWNER, secret.owner())
                .with(Field.VERSION, secret.version())
                .with(Field.MEASUREMENTS_DIGEST, secret.measurementsDigest());
        return push.provenance().map(ProvenanceFields::ofHead).map(entry::with).orElse(entry);
    }
}
