package io.attested.sms.chain.checked;

import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;

/**
 * Who vouches for answers.
 *
 * @param level what is done for what can be proven
 * @param rule of settlement
 * @param needed how many nodes must agree
 * @param nodes how many there are
 */
record Vouchers(TrustLevel level, SettlementRule rule, int needed, int nodes) {
    /** For what releases nothing: the head is the settled block. */
    Vouchers atHead() {
        return new Vouchers(level, new SettlementRule.Depth(0), needed, nodes);
    }

    Provenance of(Position.Known at, int agreeing) {
        return new Provenance(level, rule, at.settled().ref(), at.head().ref(), agreeing, nodes);
    }

    /** Of what cannot be proven, or was not. */
    Provenance ofWord(Position.Known at, int agreeing) {
        return new Provenance(word(), rule, at.settled().ref(), at.head().ref(), agreeing, nodes);
    }

    /** The level of what the nodes' word alone stands for. */
    TrustLevel word() {
        if (level != TrustLevel.PROOF) {
            return level;
        }
        return needed == 1 ? TrustLevel.SINGLE_NODE : TrustLevel.QUORUM;
    }
}
