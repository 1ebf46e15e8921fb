package io.attested.sms.boot;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.live.LiveChainSettings;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.operate.store.Realm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the chain in the listener's words, after every rule between them was checked. */
final class ChainTerms {
    private static final String SINGLE_NODE = "single-node";
    private static final String QUORUM = "quorum";
    private static final String PROOF = "proof";

    private static final Duration HEAD_AGE = Duration.ofMinutes(10);
    private static final Duration SETTLED_AGE = Duration.ofMinutes(30);

    /** Clocks of block producers differ by seconds. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** A chain that mines on demand may have any clock. */
    private static final Duration ANY_TIME_AHEAD = Duration.ofDays(36_500);

    /** Blocks kept below the settled one, so that what was read a moment ago still counts. */
    private static final int TAIL = 64;

    /** What a question may take beyond one exchange, for the votes that come in last. */
    private static final Duration COUNTING = Duration.ofSeconds(1);

    private ChainTerms() {}

    /**
     * Reads and checks.
     *
     * @throws StartRefused naming the key that is wrong or contradicts the realm
     */
    static LiveChainSettings of(SmsSettings settings) {
        SmsSettings.Chain chain = settings.chain();
        checkNumbers(chain);
        SettlementRule rule = rule(settings);
        List<ChainNode> nodes = ChainNode.all(chain);
        TrustLevel level = level(settings.realm(), Optional.ofNullable(chain.trust()), nodes.size());
        return new LiveChainSettings(
                new CheckedChainSettings(
                        nodes.stream().map(ChainNode::settings).toList(),
                        new QuorumSettings(
                                agreement(chain, nodes.size()),
                                chain.timeout().plus(COUNTING),
                                QuorumSettings.STANDARD_GRACE,
                                chain.bench()),
                        level,
                        rule,
                        chain.id(),
                        hub(chain),
                        hubCodeHash(settings),
                        age(settings.realm(), Optional.ofNullable(chain.maxHeadAge()), HEAD_AGE),
                        age(settings.realm(), Optional.ofNullable(chain.maxSettledAge()), SETTLED_AGE)),
                follow(settings, rule),
                chain.poll(),
                nodes.stream().flatMap(node -> node.heads().stream()).toList());
    }

    private static FollowSettings follow(SmsSettings settings, SettlementRule rule) {
        SmsSettings.Chain chain = settings.chain();
        Optional<Duration> headAge = age(settings.realm(), Optional.ofNullable(chain.maxHeadAge()), HEAD_AGE);
        return new FollowSettings(
                rule,
                chain.window(),
                TAIL,
                headAge,
                age(settings.realm(), Optional.ofNullable(chain.maxSettledAge()), SETTLED_AGE),
                headAge.isPresent() ? AHEAD : ANY_TIME_AHEAD,
                chain.maxSilence(),
                chain.logSpan(),
                chain.remembered());
    }

    private static void checkNumbers(SmsSettings.Chain chain) {
        positive("sms.chain.id", chain.id());
        positive("sms.chain.window", chain.window());
        positive("sms.chain.log-span", chain.logSpan());
        positive("sms.chain.remembered", chain.remembered());
        positive("sms.chain.timeout", chain.timeout());
        positive("sms.chain.poll", chain.poll());
        positive("sms.chain.bench", chain.bench());
        Optional.ofNullable(chain.maxHeadAge()).ifPresent(age -> positive("sms.chain.max-head-age", age));
        Optional.ofNullable(chain.maxSettledAge()).ifPresent(age -> positive("sms.chain.max-settled-age", age));
        if (chain.maxSilence().compareTo(chain.poll()) <= 0) {
            throw new StartRefused("sms.chain.max-silence is not longer than sms.chain.poll, so nothing known of the"
                    + " chain would count until the next question; set it to several times sms.chain.poll");
        }
    }

    private static void positive(String key, long number) {
        if (number < 1) {
            throw new StartRefused(key + " is " + number + ", expected 1 or more");
        }
    }

    private static void positive(String key, Duration duration) {
        if (!duration.isPositive()) {
            throw new StartRefused(key + " is " + duration + ", expected a positive duration such as 5s");
        }
    }

    private static SettlementRule rule(SmsSettings settings) {
        return switch (settings.chain().settledBy()) {
            case DEPTH -> depth(settings);
            case SAFE -> new SettlementRule.Tag(SettlementRule.Name.SAFE);
            case FINALIZED -> new SettlementRule.Tag(SettlementRule.Name.FINALIZED);
        };
    }

    private static SettlementRule depth(SmsSettings settings) {
        SmsSettings.Chain chain = settings.chain();
        if (chain.depth() == 0 && settings.realm() == Realm.PRODUCTION) {
            throw new StartRefused("sms.chain.depth is 0, which exists in the dev realm only; set the number of blocks"
                    + " after which this chain does not reorganise, or set sms.chain.settled-by to safe or finalized");
        }
        if (chain.depth() < 0 || chain.depth() > SettlementRule.MAX_DEPTH) {
            throw new StartRefused(
                    "sms.chain.depth is " + chain.depth() + ", expected 0 to " + SettlementRule.MAX_DEPTH);
        }
        if (chain.depth() > chain.window()) {
            throw new StartRefused("sms.chain.depth is " + chain.depth() + ", more than the " + chain.window()
                    + " blocks of sms.chain.window; set the window to more than the depth");
        }
        return new SettlementRule.Depth(chain.depth());
    }

    private static int agreement(SmsSettings.Chain chain, int nodes) {
        int majority = nodes / 2 + 1;
        int agreement = Optional.ofNullable(chain.agreement()).orElse(majority);
        if (agreement < majority || agreement > nodes) {
            throw new StartRefused("sms.chain.agreement is " + agreement + ", but of " + nodes + " nodes " + majority
                    + " to " + nodes + " can be made to agree; with fewer than half, two groups could agree on two"
                    + " answers");
        }
        return agreement;
    }

    private static TrustLevel level(Realm realm, Optional<String> given, int nodes) {
        Optional<String> word = given.filter(text -> !text.isBlank());
        TrustLevel level = word.map(ChainTerms::level).orElse(nodes == 1 ? TrustLevel.SINGLE_NODE : TrustLevel.QUORUM);
        if (realm == Realm.PRODUCTION && nodes == 1 && (level != TrustLevel.SINGLE_NODE || word.isEmpty())) {
            throw new StartRefused(
                    "one Ethereum node is configured, and by lying it could release every secret; configure several independent nodes"
                            + " (sms.chain.nodes), or, if one is what you want, write sms.chain.trust=single-node, then health"
                            + " and every record say so");
        }
        if (level == TrustLevel.SINGLE_NODE && nodes > 1) {
            throw new StartRefused("sms.chain.trust is single-node, but " + nodes + " nodes are configured; set it to"
                    + " quorum or proof, or leave one node");
        }
        if (level == TrustLevel.QUORUM && nodes == 1) {
            throw new StartRefused("sms.chain.trust is quorum, but one node is configured; add nodes operated by others"
                    + " to sms.chain.nodes, or set it to single-node");
        }
        return level;
    }

    private static TrustLevel level(String word) {
        return switch (word) {
            case SINGLE_NODE -> TrustLevel.SINGLE_NODE;
            case QUORUM -> TrustLevel.QUORUM;
            case PROOF -> TrustLevel.PROOF;
            default ->
                throw new StartRefused("sms.chain.trust is none of the words it can be: quorum or proof with several"
                        + " nodes, sms.chain.trust=single-node with one");
        };
    }

    /** The word that health and every record say. */
    static String word(TrustLevel level) {
        return switch (level) {
            case SINGLE_NODE -> SINGLE_NODE;
            case QUORUM -> QUORUM;
            case PROOF -> PROOF;
        };
    }

    private static Address hub(SmsSettings.Chain chain) {
        return Address.tryParse(chain.hub())
                .filter(address -> !address.isZero())
                .orElseThrow(() -> new StartRefused(
                        "sms.chain.hub is not an address (0x and 40 hex digits, not all of them zero)"));
    }

    private static Optional<Bytes32> hubCodeHash(SmsSettings settings) {
        Optional<String> text =
                Optional.ofNullable(settings.chain().hubCodeHash()).filter(given -> !given.isBlank());
        if (text.isEmpty() && settings.realm() == Realm.PRODUCTION) {
            throw new StartRefused("sms.chain.hub-code-hash is not set, so any contract at the hub's address would be"
                    + " believed; set keccak256 of the hub's code");
        }
        return text.map(given -> Bytes32.tryParse(given)
                .orElseThrow(() -> new StartRefused("sms.chain.hub-code-hash is not a hash (0x and 64 hex digits)")));
    }

    /** A local chain of the dev realm may stand still for ever. */
    private static Optional<Duration> age(Realm realm, Optional<Duration> given, Duration standard) {
        return given.or(() -> realm == Realm.PRODUCTION ? Optional.of(standard) : Optional.empty());
    }
}
