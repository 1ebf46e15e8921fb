package io.attested.sms.bench.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attested.sms.standin.CasStandIn;
import io.attested.sms.standin.IpfsStandIn;
import io.attested.sms.standin.Received;
import io.attested.sms.standin.Reply;
import io.attested.sms.standin.SpsStandIn;
import io.attested.sms.standin.StandInServer;
import io.attested.sms.standin.StoreStandIn;
import io.attested.sms.standin.TdxStoreStandIn;
import io.attested.sms.standin.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Stand-ins of an IPFS gateway and of the three stores, and where what they received is read back: {@code GET /scone}, {@code /gramine} and
 * {@code /tdx} answer it, with a query only what contains its text; {@code PUT} of a status to one of them makes its store
 * answer that from then on.
 */
final class Stores implements AutoCloseable {
    private static final String LOGIN = "testbed";
    private static final String PASSWORD = "sesame";
    private static final int LOWEST_STATUS = 200;
    private static final int HIGHEST_STATUS = 599;

    private final Map<Framework, StoreStandIn> stores;
    private final HttpServer inspection;
    private final TlsIdentity client;
    private final IpfsStandIn ipfs;

    private Stores(Map<Framework, StoreStandIn> stores, HttpServer inspection, TlsIdentity client, IpfsStandIn ipfs) {
        this.stores = stores;
        this.inspection = inspection;
        this.client = client;
        this.ipfs = ipfs;
    }

    static Stores start(Ports ports) throws IOException {
        HttpServer inspection =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.inspection()), 0);
        inspection.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Map<Framework, StoreStandIn> stores = new EnumMap<>(Framework.class);
        Stores started = new Stores(stores, inspection, TlsIdentity.named("sms"), IpfsStandIn.start(ports.ipfs()));
        stores.put(Framework.SCONE, CasStandIn.start(ports.store(Framework.SCONE), TlsIdentity.named("cas")));
        stores.put(
                Framework.GRAMINE,
                SpsStandIn.start(ports.store(Framework.GRAMINE), TlsIdentity.named("sps"), LOGIN, PASSWORD));
        stores.put(
                Framework.TDX,
                TdxStoreStandIn.start(
                        ports.store(Framework.TDX),
                        TlsIdentity.named("session-storage"),
                        StandInServer.ClientCertificate.OPTIONAL));
        stores.forEach((framework, store) ->
                inspection.createContext("/" + word(framework), exchange -> inspect(store, exchange)));
        inspection.start();
        return started;
    }

    /** The gateway, empty at first. */
    IpfsStandIn ipfs() {
        return ipfs;
    }

    /** Where each store's inspection is. */
    Map<Framework, URI> inspections() {
        Map<Framework, URI> urls = new EnumMap<>(Framework.class);
        stores.keySet()
                .forEach(framework -> urls.put(
                        framework,
                        URI.create("http://localhost:" + inspection.getAddress().getPort() + "/" + word(framework))));
        return urls;
    }

    /** The publishers' names. */
    Map<Framework, String> publishers() {
        Map<Framework, String> publishers = new EnumMap<>(Framework.class);
        stores.keySet().forEach(framework -> publishers.put(framework, word(framework)));
        return publishers;
    }

    /** What workers are to be told; nobody listens there. */
    Map<Framework, String> provisioningUrls() {
        Map<Framework, String> urls = new EnumMap<>(Framework.class);
        urls.put(Framework.SCONE, "cas.test:18765");
        urls.put(Framework.GRAMINE, "sps.test:4433");
        urls.put(Framework.TDX, "https://storage.test:9999");
        return urls;
    }

    /** Writes keys and certificates into a folder and tells the service's settings about its stores. */
    Map<String, String> settings(Path folder) {
        Map<String, String> settings = new LinkedHashMap<>();
        String keyStore =
                client.writeKeyStore(folder.resolve("client.p12"), PASSWORD).toString();
        String password =
                TlsIdentity.writePassword(folder.resolve("password"), PASSWORD).toString();
        stores.forEach((framework, store) -> {
            String prefix = "sms.sessions." + word(framework) + ".";
            settings.put(prefix + "publisher", word(framework));
            settings.put(prefix + "url", store.url().toString());
            settings.put(
                    prefix + "server-certificate",
                    store.identity()
                            .writeCertificate(folder.resolve(word(framework) + ".pem"))
                            .toString());
        });
        provisioningUrls()
                .forEach((framework, url) -> settings.put(
                        "sms.sessions." + word(framework) + "."
                                + (framework == Framework.TDX ? "provisioning-url" : "enclave-address"),
                        url));
        for (Framework framework : List.of(Framework.SCONE, Framework.TDX)) {
            settings.put("sms.sessions." + word(framework) + ".client-key-store", keyStore);
            settings.put("sms.sessions." + word(framework) + ".client-key-store-password-file", password);
        }
        settings.put("sms.sessions.scone.attestation-mode", "hardware");
        settings.put("sms.bulk.gateway", ipfs.url().toString());
        settings.put("sms.sessions.gramine.login", LOGIN);
        settings.put("sms.sessions.gramine.password-file", password);
        return settings;
    }

    private static String word(Framework framework) {
        return framework.name().toLowerCase(Locale.ROOT);
    }

    private static void inspect(StoreStandIn store, HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "GET" -> answer(exchange, 200, posted(store, wanted(exchange)));
                case "PUT" -> behave(store, exchange, new String(body, StandardCharsets.UTF_8));
                default -> answer(exchange, 405, "");
            }
        }
    }

    private static void behave(StoreStandIn store, HttpExchange exchange, String status) throws IOException {
        if (!status.matches("[0-9]{3}")
                || Integer.parseInt(status) < LOWEST_STATUS
                || Integer.parseInt(status) > HIGHEST_STATUS) {
            answer(exchange, 400, "a status from 200 to 599 is expected");
            return;
        }
        store.behave(Reply.status(Integer.parseInt(status)));
        answer(exchange, 204, "");
    }

    /** What bodies must contain: the query, which is letters and digits only. */
    private static String wanted(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    }

    private static String posted(StoreStandIn store, String wanted) {
        return ScenarioFile.Posted.writeAll(store.server().received().stream()
                .filter(received -> received.text().contains(wanted))
                .map(Stores::posted)
                .toList());
    }

    private static ScenarioFile.Posted posted(Received received) {
        Map<String, String> headers = new LinkedHashMap<>();
        received.headers().forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), header.value()));
        return new ScenarioFile.Posted(
                received.method(),
                received.target(),
                headers,
                received.text(),
                received.peer().isPresent());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        inspection.stop(0);
        stores.values().forEach(StoreStandIn::close);
        ipfs.close();
    }
}
