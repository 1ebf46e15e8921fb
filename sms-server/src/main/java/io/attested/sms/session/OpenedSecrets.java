package io.attested.sms.session;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.secret.SecretVault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The secrets of one grant, open for as long as its envelope or session is being made. */
final class OpenedSecrets implements AutoCloseable {
    private final Map<SecretUse, SecretBytes> secrets;

    OpenedSecrets(Map<SecretUse, SecretBytes> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** What came of opening. */
    sealed interface Opening {}

    /** All of them; the caller closes. */
    record All(OpenedSecrets secrets) implements Opening {}

    /** A granted secret is no longer there; nothing stays open. */
    record Gone(SecretUse use) implements Opening {}

    /** Opens exactly the secrets that {@code grant} names. */
    static Opening open(SecretVault vault, Decision.Grant grant) {
        Map<SecretUse, SecretBytes> secrets = new HashMap<>();
        boolean complete = false;
        try {
            for (Decision.GrantedSecret granted : grant.secrets()) {
                Optional<SecretBytes> secret = vault.open(granted.id(), granted.owner());
                if (secret.isEmpty()) {
                    return new Gone(granted.use());
                }
                secrets.put(granted.use(), secret.get());
            }
            complete = true;
            return new All(new OpenedSecrets(secrets));
        } finally {
            if (!complete) {
                secrets.values().forEach(SecretBytes::close);
            }
        }
    }

    /** The secret's text exactly as pushed, if the task gets one for this use. */
    Optional<String> text(SecretUse use) {
        return Optional.ofNullable(secrets.get(use))
                .map(secret -> secret.text(RawSecretAccess.to("write it where the grant sends it")));
    }

    @Override
    public void close() {
        secrets.values().forEach(SecretBytes::close);
    }
}
