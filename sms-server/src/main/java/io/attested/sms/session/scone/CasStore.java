package io.attested.sms.session.scone;

import io.attested.sms.session.SessionStore;
import io.attested.sms.session.StagedSession;
import io.attested.sms.session.store.Expressible;
import io.attested.sms.session.store.PinnedClient;
import io.attested.sms.session.store.PinnedClient.Outcome;
import io.attested.sms.session.store.StoreUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Posts sessions to a SCONE CAS over mutual TLS, iExec contract section 4.4. Success is exactly 201.
 *
 * <p>The client given must show a client key: the CAS lets only its owner read the session.
 */
public final class CasStore implements SessionStore {
    private static final int CREATED = 201;

    /** For {@code @@1} an enclave takes the argument that its host started it with, whatever the deal says. */
    private static final Expressible LANGUAGE = new Expressible(List.of("$$SCONE::"), List.of("@@"));

    private final Settings settings;
    private final PinnedClient client;
    private final Supplier<Optional<String>> attestationServer;

    /**
     * What the operator decides about a CAS.
     *
     * @param url where sessions are posted, {@code /session} follows
     * @param provisioningUrl {@code host:port} where enclaves find the CAS
     * @param attestation which platforms the CAS lets pass
     */
    public record Settings(StoreUrl url, String provisioningUrl, Attestation attestation) {}

    /**
     * The session's {@code security.attestation}.
     *
     * @param tolerate insecure options that are accepted, in SCONE's words
     * @param ignoreAdvisories Intel's advisories that are ignored
     * @param mode who judges the evidence
     */
    public record Attestation(List<String> tolerate, List<String> ignoreAdvisories, Mode mode) {
        /** Takes unmodifiable copies. */
        public Attestation {
            tolerate = List.copyOf(tolerate);
            ignoreAdvisories = List.copyOf(ignoreAdvisories);
        }
    }

    /** Who judges the evidence: Microsoft's attestation service, or the CAS itself by DCAP. */
    public enum Mode {
        MAA("maa"),
        HARDWARE("hardware");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** The word in the session. */
        public String word() {
            return word;
        }
    }

    /** @param attestationServer names the server of a session, as {@link AttestationServers} does */
    public CasStore(Settings settings, PinnedClient client, Supplier<Optional<String>> attestationServer) {
        this.settings = settings;
        this.client = client;
        this.attestationServer = attestationServer;
    }

    @Override
    public String name() {
        return "scone";
    }

    @Override
    public String provisioningUrl() {
        return settings.provisioningUrl();
    }

    @Override
    public Posted post(StagedSession session) {
        Optional<Posted> unsafe = LANGUAGE.unsafe(session.stages());
        if (unsafe.isPresent()) {
            return unsafe.get();
        }
        SconeSession document = SconeSession.of(session, settings.attestation(), attestationServer.get());
        byte[] yaml = SconeYaml.write(document).getBytes(StandardCharsets.UTF_8);
        Outcome outcome =
                client.post(settings.url().at("/session"), Map.of("Content-Type", "application/octet-stream"), yaml);
        return switch (outcome) {
            case Outcome.Answered(int status) -> status == CREATED ? new Posted.Accepted() : new Posted.Refused(status);
            case Outcome.Unanswered(boolean mayHaveArrived, String reason) ->
                new Posted.NoAnswer(mayHaveArrived, reason);
        };
    }
}
