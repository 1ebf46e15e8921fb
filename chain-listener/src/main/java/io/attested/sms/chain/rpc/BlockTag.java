package io.attested.sms.chain.rpc;

import java.util.Locale;

/** A block that a node names by its role (Ethereum's execution API). */
public enum BlockTag {
    /** The head. */
    LATEST,
    /** The newest block that the consensus calls justified. */
    SAFE,
    /** The newest block that the consensus calls final. */
    FINALIZED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
