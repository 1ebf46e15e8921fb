package io.attested.sms.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session storage for trust domains: {@code POST /session} with JSON over TLS, a client certificate if there is one, any
 * 2xx is success (iExec contract 4.6).
 */
public final class TdxStoreStandIn implements StoreStandIn {
    private static final List<List<String>> STAGES =
            List.of(List.of("pre-compute", "app", "post-compute"), List.of("app", "post-compute"));

    private final StandInStore store;

    private TdxStoreStandIn(StandInStore store) {
        this.store = store;
    }

    /** Starts on a free port with a key of its own; a client certificate is asked for and not required. */
    public static TdxStoreStandIn start() {
        return start(0, TlsIdentity.named("session-storage"), StandInServer.ClientCertificate.OPTIONAL);
    }

    /** Starts with this key; port 0 takes a free one. */
    public static TdxStoreStandIn start(int port, TlsIdentity identity, StandInServer.ClientCertificate asked) {
        return new TdxStoreStandIn(new StandInStore(port, identity, asked, TdxStoreStandIn::read, Reply.status(201)));
    }

    @Override
    public StandInStore store() {
        return store;
    }

    private static Kept read(Received request) throws Violation {
        Requests.post(request, "/session", "application/json");
        String text = Requests.text(request);
        Document session = Json.parsed(text).only("name", "version", "services");
        session.says("version", "0.1.0");
        Map<String, Map<String, String>> environments = new LinkedHashMap<>();
        for (Document service : session.mappings("services")) {
            service.only("name", "image_name", "fingerprint", "environment");
            service.text("image_name");
            service.text("fingerprint");
            environments.put(service.text("name"), service.environment("environment"));
        }
        if (!STAGES.contains(List.copyOf(environments.keySet()))) {
            throw new Violation("the services are " + environments.keySet());
        }
        return new Kept(session.text("name"), text, environments);
    }
}
