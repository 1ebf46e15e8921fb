package io.attested.sms.attestation.tcb;

import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.collateral.JsonFields;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a level says.
 *
 * @param status the level's status
 * @param advisories the level's advisories, sorted
 * @param date {@code tcbDate}: when the level was published
 */
public record TcbLevel(TcbStatus status, SortedSet<String> advisories, Instant date) {
    static final int MAX_LEVELS = 256;
    private static final int MAX_ADVISORIES = 256;

    /** Takes an unmodifiable copy of the advisories. */
    public TcbLevel {
        advisories = Collections.unmodifiableSortedSet(new TreeSet<>(advisories));
    }

    static TcbLevel read(JsonFields level) throws EvidenceRejected {
        String text = level.text("tcbStatus");
        TcbStatus status = TcbStatus.ofText(text)
                .filter(TcbStatus::isPublished)
                .orElseThrow(() -> level.malformedMember("tcbStatus", "a status of Intel's", text));
        return new TcbLevel(
                status, new TreeSet<>(level.optionalTexts("advisoryIDs", MAX_ADVISORIES)), level.instant("tcbDate"));
    }
}
