package io.attested.sms.session;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.grant.SecretUse;
import java.util.Map;
import java.util.Optional;

/** The secrets of one grant, open for as long as its envelope is being made. */
final class OpenedSecrets implements AutoCloseable {
    private final Map<SecretUse, SecretBytes> secrets;

    OpenedSecrets(Map<SecretUse, SecretBytes> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** The secret's text exactly as pushed, if the task gets one for this use. */
    Optional<String> text(SecretUse use) {
        return Optional.ofNullable(secrets.get(use))
                .map(secret -> secret.text(RawSecretAccess.to("write it into the release document")));
    }

    @Override
    public void close() {
        secrets.values().forEach(SecretBytes::close);
    }
}
