package io.attested.sms.audit;

import java.util.Optional;

/**
 * What a change came to, and the entry that says so.
 *
 * @param outcome what the caller gets
 * @param entry absent when nothing happened that the log must tell
 */
public record Recorded<T>(T outcome, Optional<AuditEntry> entry) {
    public static <T> Recorded<T> with(T outcome, AuditEntry entry) {
        return new Recorded<>(outcome, Optional.of(entry));
    }

    public static <T> Recorded<T> silently(T outcome) {
        return new Recorded<>(outcome, Optional.empty());
    }
}
