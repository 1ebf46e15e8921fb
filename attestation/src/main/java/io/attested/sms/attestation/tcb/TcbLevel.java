package io.attested.sms.attestation.tcb;

import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.collateral.JsonFields;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a matched level says.
 *
 * @param status the level's status
 * @param advisories the level's advisories, sorted
 */
public record TcbLevel(TcbStatus status, SortedSet<String> advisories) {
    static final int MAX_LEVELS = 256;
    private static final int MAX_ADVISORIES = 256;

    /** Takes an unmodifiable copy of the advisories. */
    public TcbLevel {
        advisories = Collections.unmodifiableSortedSet(new TreeSet<>(advisories));
    }

    static TcbLevel read(JsonFields level) throws EvidenceRejected {
        TcbStatus status = TcbStatus.ofText(level.text("tcbStatus"))
                .orElseThrow(() -> level.malformedMember("tcbStatus", "is no known status"));
        return new TcbLevel(status, new TreeSet<>(level.optionalTexts("advisoryIDs", MAX_ADVISORIES)));
    }
}
