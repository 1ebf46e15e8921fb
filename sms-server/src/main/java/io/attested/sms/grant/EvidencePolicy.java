package io.attested.sms.grant;

import io.attested.sms.attestation.TcbStatus;
import java.util.List;
import java.util.Set;

/**
 * The operator's rule over a verdict.
 *
 * @param acceptedStatuses TCB statuses a platform may have
 */
public record EvidencePolicy(Set<TcbStatus> acceptedStatuses) {
    /** Only platforms without known weaknesses. */
    public static EvidencePolicy upToDateOnly() {
        return new EvidencePolicy(Set.of(TcbStatus.UP_TO_DATE));
    }

    /** The accepted statuses as Intel writes them, sorted. */
    List<String> names() {
        return acceptedStatuses.stream().map(TcbStatus::text).sorted().toList();
    }
}
