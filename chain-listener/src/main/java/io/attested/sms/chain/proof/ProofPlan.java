package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to ask to prove facts, and what the answers come to.
 *
 * <p>Facts read in one round trip are proven in one more: the places of all values follow from the facts, lengths of texts
 * included, so that all questions go out as one batch, each naming the facts' block by its hash.
 *
 * <p>Guaranteed by {@link ProofVerdict.Proven}: under the given state root the storage of the hub, the registries and the
 * assets holds what the facts say. Not guaranteed: that the root is that of a block anybody else knows (recompute the
 * header's hash and compare it with other nodes), nor that the contracts' code is PoCo's.
 */
public final class ProofPlan {
    /**
     * Slots of one account in a plan: 128 kB of text. Writing them takes more than 80 million gas, and a transaction on
     * Arbitrum has at most 32 million.
     */
    public static final int MOST_SLOTS_OF_AN_ACCOUNT = 4000;

    private final List<Claim> claims;
    private final List<ProofRequest> requests;

    private ProofPlan(List<Claim> claims, List<ProofRequest> requests) {
        this.claims = claims;
        this.requests = requests;
    }

    /** What planning comes to. */
    public sealed interface Planning {}

    /** Ready to ask. */
    public record Planned(ProofPlan plan) implements Planning {}

    /**
     * A fact is longer than any honest one.
     *
     * @param account whose storage it would fill
     * @param slots how many slots would have to be proven, more than {@value #MOST_SLOTS_OF_AN_ACCOUNT}
     */
    public record TooLarge(Address account, int slots) implements Planning {}

    /**
     * Plans the proof of facts of one block.
     *
     * @param hub the PoCo hub
     * @param facts in the order in which a contradiction is looked for
     */
    public static Planning of(Address hub, List<Fact> facts) {
        Claims claims = new Claims(new Hub(hub));
        List<Claim> all =
                facts.stream().flatMap(fact -> claims.of(fact).stream()).toList();
        Map<Address, Set<Bytes32>> slots = new LinkedHashMap<>();
        for (Claim claim : all) {
            Set<Bytes32> asked = slots.computeIfAbsent(claim.account(), account -> new LinkedHashSet<>());
            if (claim instanceof Claim.OfSlot place) {
                asked.add(place.slot());
            }
        }
        List<ProofRequest> requests = new ArrayList<>();
        for (Map.Entry<Address, Set<Bytes32>> account : slots.entrySet()) {
            if (account.getValue().size() > MOST_SLOTS_OF_AN_ACCOUNT) {
                return new TooLarge(account.getKey(), account.getValue().size());
            }
            requests.addAll(questions(account.getKey(), List.copyOf(account.getValue())));
        }
        return new Planned(new ProofPlan(all, List.copyOf(requests)));
    }

    private static List<ProofRequest> questions(Address account, List<Bytes32> slots) {
        List<ProofRequest> questions = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(slots.size(), from + ProofRequest.MOST_SLOTS);
            questions.add(new ProofRequest(account, slots.subList(from, to)));
            from = to;
        } while (from < slots.size());
        return questions;
    }

    /** What to ask: one question for each account, more only for texts beyond 30 kB; none without facts. */
    public List<ProofRequest> requests() {
        return requests;
    }

    /**
     * Judges the facts by what a node answered.
     *
     * @param stateRoot of the facts' block, from a header whose hash was recomputed
     * @param answers UTF-8 JSON of each result, without the envelope of JSON-RPC, in the order of the requests
     * @throws IllegalArgumentException unless there are as many answers as requests
     */
    public ProofVerdict judge(Bytes32 stateRoot, List<byte[]> answers) {
        if (answers.size() != requests.size()) {
            throw new IllegalArgumentException("expected " + requests.size() + " answers, got " + answers.size());
        }
        StateProof proof = new StateProof(stateRoot);
        Map<Address, AccountState> accounts = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            ProofRequest request = requests.get(i);
            try {
                AccountState account = proof.verify(request, ProofAnswer.read(answers.get(i)));
                accounts.merge(request.account(), account, AccountState::with);
            } catch (Unproven e) {
                return new ProofVerdict.Unproven(request.account(), String.valueOf(e.getMessage()));
            }
        }
        return compare(accounts);
    }

    private ProofVerdict compare(Map<Address, AccountState> accounts) {
        for (Claim claim : claims) {
            AccountState account = accounts.get(claim.account());
            if (account == null) {
                throw new IllegalStateException("a claim about an account that was not asked for");
            }
            if (!claim.holds(account)) {
                return new ProofVerdict.Contradicted(claim.name(), claim.claimed(), claim.proven(account));
            }
        }
        return new ProofVerdict.Proven(claims.size());
    }
}
