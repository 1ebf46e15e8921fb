package io.attested.sms.secret;

import java.util.Map;

/** How many secrets are stored. */
public interface SecretCounts {
    /**
     * Number of secrets by kind, of all owners, quarantined ones too; a kind without any may be absent. Throws Spring's {@code
     * DataAccessException} when the database fails.
     */
    Map<SecretKind, Long> byKind();
}
