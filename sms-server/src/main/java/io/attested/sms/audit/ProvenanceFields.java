package io.attested.sms.audit;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.TrustLevel;
import java.util.EnumMap;
import java.util.Map;

/** How entries say where facts of the chain come from. The words are part of the log's format. */
public final class ProvenanceFields {
    private ProvenanceFields() {}

    /** For a decision: both blocks, the rule between them and who vouches. */
    public static Map<Field, String> ofDecision(Provenance provenance) {
        Map<Field, String> fields = ofHead(provenance);
        BlockRef settled = provenance.settled();
        fields.put(Field.SETTLED_BLOCK, Long.toString(settled.number()));
        fields.put(Field.SETTLED_HASH, settled.hash().toString());
        fields.put(Field.DEPTH, Integer.toString(provenance.depth()));
        fields.put(Field.SETTLEMENT_RULE, provenance.rule().text());
        return fields;
    }

    /** For what is judged at the head: that block and who vouches. */
    public static Map<Field, String> ofHead(Provenance provenance) {
        Map<Field, String> fields = new EnumMap<>(Field.class);
        fields.put(Field.HEAD_BLOCK, Long.toString(provenance.head().number()));
        fields.put(Field.HEAD_HASH, provenance.head().hash().toString());
        fields.put(Field.TRUST_LEVEL, word(provenance.level()));
        fields.put(Field.AGREEING_NODES, Integer.toString(provenance.agreeing()));
        fields.put(Field.NODES, Integer.toString(provenance.nodes()));
        return fields;
    }

    /** The level's word: {@code single-node}, {@code quorum} or {@code proof}. */
    public static String word(TrustLevel level) {
        return switch (level) {
            case SINGLE_NODE -> "single-node";
            case QUORUM -> "quorum";
            case PROOF -> "proof";
        };
    }
}
