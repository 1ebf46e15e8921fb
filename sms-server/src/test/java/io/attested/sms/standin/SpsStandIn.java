package io.attested.sms.standin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Gramine secret provisioning service's endpoint for sessions: {@code POST /api/session} with basic authentication and
 * JSON, any 2xx is success (iExec contract 4.5). With TLS, which the contract's original does without.
 */
public final class SpsStandIn implements StoreStandIn {
    private static final Pattern MEASUREMENT = Pattern.compile("[0-9a-f]{64}");

    private final StandInStore store;

    private SpsStandIn(StandInStore store) {
        this.store = store;
    }

    /** Starts on a free port with a key of its own. */
    public static SpsStandIn start(String login, String password) {
        return start(0, TlsIdentity.named("sps"), login, password);
    }

    /** Starts with this key; port 0 takes a free one. */
    public static SpsStandIn start(int port, TlsIdentity identity, String login, String password) {
        String wanted = "Basic "
                + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new SpsStandIn(new StandInStore(
                port,
                identity,
                StandInServer.ClientCertificate.NOT_ASKED,
                request -> read(request, wanted),
                Reply.status(201)));
    }

    @Override
    public StandInStore store() {
        return store;
    }

    private static Kept read(Received request, String authorization) throws Violation {
        Requests.post(request, "/api/session", "application/json");
        if (!request.values("Authorization").equals(List.of(authorization))) {
            throw new Violation("not the Authorization of the login and password");
        }
        String text = Requests.text(request);
        Document session = Json.parsed(text).only("session", "enclaves");
        Map<String, Map<String, String>> environments = new LinkedHashMap<>();
        for (Document enclave : session.mappings("enclaves")) {
            enclave.only("name", "mrenclave", "command", "environment", "volumes");
            enclave.text("mrenclave", MEASUREMENT);
            enclave.says("command", "");
            enclave.lists("volumes");
            environments.put(enclave.text("name"), enclave.environment("environment"));
        }
        if (!List.copyOf(environments.keySet()).equals(List.of("app", "post-compute"))) {
            throw new Violation("the enclaves are " + environments.keySet() + ", expected app and post-compute");
        }
        return new Kept(session.text("session"), text, environments);
    }
}
