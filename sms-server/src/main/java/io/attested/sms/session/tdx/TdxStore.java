package io.attested.sms.session.tdx;

import io.attested.sms.session.SessionStore;
import io.attested.sms.session.StagedSession;
import io.attested.sms.session.store.Expressible;
import io.attested.sms.session.store.PinnedClient;
import io.attested.sms.session.store.PinnedClient.Outcome;
import io.attested.sms.session.store.StoreUrl;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Posts sessions to a storage for trust domains, iExec contract section 4.6. Any 2xx is success. */
public final class TdxStore implements SessionStore {
    private final Settings settings;
    private final PinnedClient client;

    /**
     * What the operator decides about the storage.
     *
     * @param url the contract's {@code post-url}: where sessions are posted, {@code /session} follows
     * @param provisioningUrl the contract's {@code remote-attestation-url}, handed to the worker as it is
     */
    public record Settings(StoreUrl url, String provisioningUrl) {}

    public TdxStore(Settings settings, PinnedClient client) {
        this.settings = settings;
        this.client = client;
    }

    @Override
    public String name() {
        return "tdx";
    }

    @Override
    public String provisioningUrl() {
        return settings.provisioningUrl();
    }

    @Override
    public Posted post(StagedSession session) {
        Optional<Posted> unsafe = Expressible.PLAIN.unsafe(session.stages());
        if (unsafe.isPresent()) {
            return unsafe.get();
        }
        byte[] json = JsonMapper.shared().writeValueAsBytes(TdxSession.of(session));
        Outcome outcome = client.post(settings.url().at("/session"), Map.of("Content-Type", "application/json"), json);
        return switch (outcome) {
            case Outcome.Answered(int status) -> status / 100 == 2 ? new Posted.Accepted() : new Posted.Refused(status);
            case Outcome.Unanswered(boolean mayHaveArrived, String reason) ->
                new Posted.NoAnswer(mayHaveArrived, reason);
        };
    }
}
