package io.attested.sms.scenario;

import io.attested.sms.boot.SmsServer;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.live.LiveChain;
import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.contracts.testbed.LocalChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service in this process, on ports of its own, with a store in a test's folder. */
public final class RunningServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ConfigurableApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
    private final int nativePort;
    private final int sconePort;
    private final int tdxPort;

    private RunningServer(ConfigurableApplicationContext context, int nativePort, int sconePort, int tdxPort) {
        this.context = context;
        this.nativePort = nativePort;
        this.sconePort = sconePort;
        this.tdxPort = tdxPort;
    }

    /** A dev-realm server at depth 0. */
    public static RunningServer start(Path folder, URI node, String hub) {
        return start(folder, node, hub, Map.of());
    }

    /** The same with settings added or replaced. */
    public static RunningServer start(Path folder, URI node, String hub, Map<String, String> settings) {
        return start(folder, node, hub, settings, context -> {});
    }

    /** The same with a change to what it is made of. */
    static RunningServer start(
            Path folder,
            URI node,
            String hub,
            Map<String, String> settings,
            ApplicationContextInitializer<ConfigurableApplicationContext> change) {
        List<Integer> ports = FreePorts.several(4).stream()
                .filter(port -> !settings.containsValue(port.toString()))
                .toList();
        int nativePort = ports.get(0);
        int scone = ports.get(1);
        int tdx = ports.get(2);
        Map<String, String> all = settings(folder, node, hub);
        all.put("server.port", Integer.toString(nativePort));
        all.put("sms.iexec.listeners[0].port", Integer.toString(scone));
        all.put("sms.iexec.listeners[0].framework", "SCONE");
        all.put("sms.iexec.listeners[1].port", Integer.toString(tdx));
        all.put("sms.iexec.listeners[1].framework", "TDX");
        all.putAll(settings);
        SpringApplication application = new SpringApplication(SmsServer.class);
        application.addInitializers(change);
        return new RunningServer(application.run(arguments(all)), nativePort, scone, tdx);
    }

    /** What a dev-realm service at depth 0 is told, but for its ports. */
    static Map<String, String> settings(Path folder, URI node, String hub) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("sms.realm", "dev");
        all.put("sms.chain.nodes[0].url", node.toString());
        all.put("sms.chain.nodes[0].heads", "ws" + node.toString().substring("http".length()));
        all.put("sms.chain.poll", "100ms");
        all.put("sms.chain.id", "65535");
        all.put("sms.chain.hub", hub);
        all.put("sms.chain.depth", "0");
        all.put("sms.store.folder", folder.resolve("store").toString());
        all.put("sms.iexec.writes-per-minute", "1000000");
        all.put("sms.tee.pipelines[0].version", "v5.9");
        return all;
    }

    static String[] arguments(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    public URI nativeApi() {
        return URI.create("http://localhost:" + nativePort);
    }

    public URI scone() {
        return URI.create("http://localhost:" + sconePort);
    }

    public URI tdx() {
        return URI.create("http://localhost:" + tdxPort);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All objects of a type, by their names. */
    public <T> Map<String, T> beans(Class<T> type) {
        return context.getBeansOfType(type);
    }

    /** Waits until the service knows the chain's present head, and follows it. */
    public void awaitHead(LocalChain chain) {
        awaitChain(blocks -> blocks.head().number() == chain.height());
    }

    /** Waits until the service follows the chain, at whatever blocks. */
    public void awaitFollowing() {
        awaitChain(blocks -> true);
    }

    private void awaitChain(Predicate<Standing.Following> wanted) {
        await(live -> live.standing() instanceof Standing.Following blocks && wanted.test(blocks));
    }

    /** Waits until the service makes no decisions any more, because it does not know where the chain stands. */
    public void awaitStopped() {
        await(live -> live.standing() instanceof Standing.Stopped);
    }

    private void await(Predicate<LiveChain> wanted) {
        LiveChain live = bean(LiveChain.class);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(live)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the service stands at " + live.standing() + " for too long");
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** One exchange; the answer's body is text. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    public HttpResponse<String> postJson(URI uri, String json) {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
