package io.attested.sms.chain.live;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.follow.Standing;

/**
 * Who vouches for facts in memory: each was read under the same settings, and at least so many nodes agreed.
 *
 * @param level what was done to check them
 * @param word the level of what the nodes' word alone stands for
 * @param rule of settlement
 * @param needed how many nodes had to agree
 * @param nodes how many there are
 */
record Remembered(TrustLevel level, TrustLevel word, SettlementRule rule, int needed, int nodes) {
    static Remembered of(CheckedChainSettings settings) {
        int needed = settings.quorum().needed();
        TrustLevel word = settings.level() == TrustLevel.PROOF
                ? (needed == 1 ? TrustLevel.SINGLE_NODE : TrustLevel.QUORUM)
                : settings.level();
        return new Remembered(
                settings.level(),
                word,
                settings.rule(),
                needed,
                settings.nodes().size());
    }

    Provenance at(BlockRef settled, BlockRef head) {
        return new Provenance(level, rule, settled, head, needed, nodes);
    }

    /** Of what releases nothing: the head is the settled block. */
    Provenance atHead(BlockRef head) {
        return new Provenance(level, new SettlementRule.Depth(0), head, head, needed, nodes);
    }

    /** Of what the nodes said and nothing proves. */
    Provenance wordAtHead(BlockRef head) {
        return new Provenance(word, new SettlementRule.Depth(0), head, head, needed, nodes);
    }

    static ChainFailure failure(Standing.Stopped stopped) {
        String head = stopped.head()
                .map(block -> "; the last head seen is block " + block.number() + " of " + block.time())
                .orElse("");
        return new ChainFailure(
                Kind.STALE_HEAD,
                stopped.reason().text() + head + "; do the nodes follow the chain, and is the clock right?");
    }
}
