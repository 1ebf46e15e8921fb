package io.attested.sms.grant;

import io.attested.sms.secret.SecretPresence;
import java.util.Map;

/**
 * What the vault holds of a task's needs, gathered before the decision.
 *
 * @param presence an answer for every source of every need
 */
public record Holdings(Map<SecretNeed.Source, SecretPresence> presence) {
    public Holdings {
        presence = Map.copyOf(presence);
    }

    SecretPresence of(SecretNeed.Source source) {
        SecretPresence found = presence.get(source);
        if (found == null) {
            throw new IllegalStateException("the vault was not asked about a need of this task");
        }
        return found;
    }
}
