package io.attested.sms.session.gramine;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.session.SessionStore;
import io.attested.sms.session.StagedSession;
import io.attested.sms.session.StagedSession.Stage;
import io.attested.sms.session.StagedSession.StageName;
import io.attested.sms.session.store.Expressible;
import io.attested.sms.session.store.PinnedClient;
import io.attested.sms.session.store.PinnedClient.Outcome;
import io.attested.sms.session.store.StoreUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts sessions to a Gramine secret provisioning service with basic authentication, iExec contract section 4.5. Any 2xx is
 * success. Pre-compute is not sent.
 */
public final class SpsStore implements SessionStore {
    private final Settings settings;
    private final PinnedClient client;

    /**
     * What the operator decides about the service.
     *
     * @param url where sessions are posted, {@code /api/session} follows
     * @param provisioningUrl {@code host:port} where enclaves find the service
     * @param login user of basic authentication (RFC 7617), without a colon
     * @param password UTF-8
     */
    public record Settings(StoreUrl url, String provisioningUrl, String login, SecretBytes password) {}

    public SpsStore(Settings settings, PinnedClient client) {
        this.settings = settings;
        this.client = client;
    }

    @Override
    public String name() {
        return "gramine";
    }

    @Override
    public String provisioningUrl() {
        return settings.provisioningUrl();
    }

    @Override
    public Posted post(StagedSession session) {
        List<Stage> sent = session.stages().stream()
                .filter(stage -> stage.name() != StageName.PRE_COMPUTE)
                .toList();
        Optional<Posted> unsafe = Expressible.PLAIN.unsafe(sent);
        if (unsafe.isPresent()) {
            return unsafe.get();
        }
        byte[] json =
                JsonMapper.shared().writeValueAsBytes(SpsSession.of(session.id().value(), sent));
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization", authorization());
        return switch (client.post(settings.url().at("/api/session"), headers, json)) {
            case Outcome.Answered(int status) -> status / 100 == 2 ? new Posted.Accepted() : new Posted.Refused(status);
            case Outcome.Unanswered(boolean mayHaveArrived, String reason) ->
                new Posted.NoAnswer(mayHaveArrived, reason);
        };
    }

    private String authorization() {
        String password = settings.password().text(RawSecretAccess.to("log in to the provisioning service"));
        byte[] credentials = (settings.login() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
