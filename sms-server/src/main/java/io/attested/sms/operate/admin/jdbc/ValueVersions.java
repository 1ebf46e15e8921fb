package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest version of each secret that the log knows of. */
final class ValueVersions {
    private static final int PAGE = 1000;

    private final Map<SecretKey, Long> versions = new HashMap<>();

    /** What a row of secrets is known by, in the words of the database. */
    record SecretKey(String kind, String asset, String name, String owner) {}

    private ValueVersions() {}

    /** Reads the whole log. */
    static ValueVersions of(AuditLog log) {
        ValueVersions versions = new ValueVersions();
        long after = 0;
        for (List<LogEntry> page = log.entriesAfter(after, PAGE);
                !page.isEmpty();
                page = log.entriesAfter(after, PAGE)) {
            page.forEach(entry -> versions.note(entry.entry()));
            after = page.getLast().sequence();
        }
        return versions;
    }

    private void note(AuditEntry entry) {
        switch (entry.event()) {
            case SECRET_PUSHED, SECRET_REPLACED, SECRET_IMPORTED -> {
                Map<Field, String> fields = entry.fields();
                versions.merge(
                        new SecretKey(
                                fields.getOrDefault(Field.SECRET_KIND, ""),
                                fields.getOrDefault(Field.ASSET, ""),
                                fields.getOrDefault(Field.SECRET_NAME, ""),
                                fields.getOrDefault(Field.OWNER, "")),
                        Long.parseLong(fields.getOrDefault(Field.VERSION, "0")),
                        Math::max);
            }
            case STORE_CREATED,
                    SESSION_GRANTED,
                    SESSION_RELEASED,
                    GRANTED,
                    REFUSED,
                    OWNER_CHANGED,
                    MEASUREMENTS_CHANGED,
                    POLICY_CHANGED,
                    STORE_RESTORED,
                    CHALLENGE_KEY_IMPORTED -> {
                // Says nothing of a value.
            }
        }
    }

    /** 0 when the log never heard of it. */
    long newest(SecretKey key) {
        return versions.getOrDefault(key, 0L);
    }
}
