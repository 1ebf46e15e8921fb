package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.grant.BulkRefusals;
import io.attested.sms.grant.ChainRefusals;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.GrantPolicy;
import io.attested.sms.grant.Holdings;
import io.attested.sms.grant.Proof;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.SecretNeed;
import io.attested.sms.secret.SecretPresence;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.task.BulkSlice;
import io.attested.sms.task.bulk.BulkBook;
import io.attested.sms.task.bulk.BulkLookup;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what a decision needs from the vault, for a bulk task also its list, and asks {@code grant}: the one way every shell decides a release.
 *
 * <p>It also tells the vault which owners the chain shows now, so that presence is answered for them.
 */
public final class TaskGate {
    private final GrantPolicy policy;
    private final SecretVault vault;
    private final Optional<BulkBook> bulks;
    private final InstantSource clock;

    /** One that serves no bulk deals. */
    public TaskGate(GrantPolicy policy, SecretVault vault, InstantSource clock) {
        this(policy, vault, Optional.empty(), clock);
    }

    /** @param bulks empty where no bulk deals are served */
    public TaskGate(GrantPolicy policy, SecretVault vault, Optional<BulkBook> bulks, InstantSource clock) {
        this.policy = policy;
        this.vault = vault;
        this.bulks = bulks;
        this.clock = clock;
    }

    /** Whether the task's secrets may be asked for at all; the first half of {@link #decide}. */
    public Optional<Refusal> admit(TaskFacts facts) {
        return policy.admit(facts, clock.instant());
    }

    /** What speaks against a release before a list or a secret is looked for. */
    public Optional<Refusal> objection(TaskFacts facts, Proof proof) {
        return policy.objection(facts, proof, clock.instant());
    }

    /**
     * The decision on facts just read. For a bulk task it asks the IPFS gateway and the chain, so it may take as long as
     * these may; nothing is asked before task, code and evidence are found in order. Caller's duty: both signatures of the
     * request hold.
     */
    public Decision decide(TaskFacts facts, Proof proof, Address worker) {
        Optional<Refusal> objection = policy.objection(facts, proof, clock.instant());
        if (objection.isPresent()) {
            return objection.get();
        }
        String bulkCid = policy.parameters(facts).bulkCid();
        return bulkCid.isEmpty() || bulks.isEmpty()
                ? decide(facts, BulkSlice.none(), proof, worker)
                : decide(bulks.get().slice(facts, bulkCid), proof, worker);
    }

    private Decision decide(BulkLookup lookup, Proof proof, Address worker) {
        return switch (lookup) {
            case BulkLookup.Sliced(TaskFacts facts, BulkSlice slice) -> decide(facts, slice, proof, worker);
            case BulkLookup.ListUnavailable(String reason) -> BulkRefusals.listUnavailable(reason);
            case BulkLookup.ListInvalid(String reason) -> BulkRefusals.listInvalid(reason);
            case BulkLookup.ChainUnavailable(ChainFailure failure) -> ChainRefusals.of(failure);
            case BulkLookup.TaskGone(TaskLookup gone) ->
                switch (gone) {
                    case TaskLookup.NotSettled later -> ChainRefusals.of(later);
                    case TaskLookup.Unknown unknown -> ChainRefusals.of(unknown);
                    case TaskLookup.Boosted boosted -> ChainRefusals.of(boosted);
                    case TaskLookup.Unavailable(ChainFailure failure) -> ChainRefusals.of(failure);
                    case TaskLookup.Found ignored ->
                        throw new IllegalStateException("a task that was found is not gone");
                };
        };
    }

    private Decision decide(TaskFacts facts, BulkSlice slice, Proof proof, Address worker) {
        tellOwners(facts, slice);
        Map<SecretNeed.Source, SecretPresence> presence = new HashMap<>();
        for (SecretNeed need : policy.needs(facts, slice, worker)) {
            for (SecretNeed.Source source : need.sources()) {
                presence.put(source, vault.presence(source.id(), source.owner()));
            }
        }
        return policy.decide(facts, proof, worker, slice, new Holdings(presence), clock.instant());
    }

    private void tellOwners(TaskFacts facts, BulkSlice slice) {
        facts.atHead()
                .datasetOwner()
                .ifPresent(owner -> facts.dataset().ifPresent(dataset -> vault.seenOwner(dataset.address(), owner)));
        vault.seenOwner(facts.app().address(), facts.atHead().appOwner());
        for (BulkSlice.Element element : slice.elements()) {
            if (element instanceof BulkSlice.Usable usable) {
                vault.seenOwner(usable.dataset(), usable.ownerAtHead());
            }
        }
    }
}
