package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.GrantPolicy;
import io.attested.sms.grant.Holdings;
import io.attested.sms.grant.Proof;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.SecretNeed;
import io.attested.sms.secret.SecretPresence;
import io.attested.sms.secret.SecretVault;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what a decision needs from the vault and asks {@code grant}: the one way every shell decides a release.
 *
 * <p>It also tells the vault which owners the chain shows now, so that presence is answered for them.
 */
public final class TaskGate {
    private final GrantPolicy policy;
    private final SecretVault vault;
    private final InstantSource clock;

    public TaskGate(GrantPolicy policy, SecretVault vault, InstantSource clock) {
        this.policy = policy;
        this.vault = vault;
        this.clock = clock;
    }

    /** Whether the task's secrets may be asked for at all; the first half of {@link #decide}. */
    public Optional<Refusal> admit(TaskFacts facts) {
        return policy.admit(facts, clock.instant());
    }

    /** The decision on facts just read. */
    public Decision decide(TaskFacts facts, Proof proof, Address worker) {
        facts.atHead()
                .datasetOwner()
                .ifPresent(owner -> facts.dataset().ifPresent(dataset -> vault.seenOwner(dataset.address(), owner)));
        vault.seenOwner(facts.app().address(), facts.atHead().appOwner());
        Map<SecretNeed.Source, SecretPresence> presence = new HashMap<>();
        for (SecretNeed need : policy.needs(facts, worker)) {
            for (SecretNeed.Source source : need.sources()) {
                presence.put(source, vault.presence(source.id(), source.owner()));
            }
        }
        return policy.decide(facts, proof, worker, new Holdings(presence), clock.instant());
    }
}
