package io.attested.sms.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProvenanceFieldsTest {
    private static final BlockRef SETTLED =
            new BlockRef(60, Bytes32.parse("0x" + "aa".repeat(32)), Instant.ofEpochSecond(1));
    private static final BlockRef HEAD =
            new BlockRef(124, Bytes32.parse("0x" + "bb".repeat(32)), Instant.ofEpochSecond(2));

    @Test
    void decisionNamesBothBlocksTheRuleTheLevelAndTheNodes() {
        Provenance provenance = new Provenance(
                TrustLevel.QUORUM, new SettlementRule.Tag(SettlementRule.Name.FINALIZED), SETTLED, HEAD, 2, 3);

        assertThat(ProvenanceFields.ofDecision(provenance))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Field.SETTLED_BLOCK, "60",
                        Field.SETTLED_HASH, "0x" + "aa".repeat(32),
                        Field.HEAD_BLOCK, "124",
                        Field.HEAD_HASH, "0x" + "bb".repeat(32),
                        Field.DEPTH, "64",
                        Field.SETTLEMENT_RULE, "finalized",
                        Field.TRUST_LEVEL, "quorum",
                        Field.AGREEING_NODES, "2",
                        Field.NODES, "3"));
    }

    @Test
    void headLeavesOutWhatWasNotReadThere() {
        Provenance provenance = new Provenance(TrustLevel.PROOF, new SettlementRule.Depth(64), SETTLED, HEAD, 3, 3);

        assertThat(ProvenanceFields.ofHead(provenance))
                .containsOnlyKeys(
                        Field.HEAD_BLOCK, Field.HEAD_HASH, Field.TRUST_LEVEL, Field.AGREEING_NODES, Field.NODES)
                .containsEntry(Field.TRUST_LEVEL, "proof");
    }

    @Test
    void everyLevelHasAWordOfItsOwn() {
        assertThat(Stream.of(TrustLevel.values()).map(ProvenanceFields::word))
                .containsExactly("single-node", "quorum", "proof");
    }
}
