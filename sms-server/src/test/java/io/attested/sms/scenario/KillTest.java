package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.ChainCheck;
import io.attested.sms.boot.SmsServer;
import io.attested.sms.chain.Address;
import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.RequesterSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service, as a process, under 64 concurrent pushes over HTTP; what it answered with 204 must be there. */
class KillTest {
    private static final int RUNS = 3;
    private static final int CLIENTS = 64;
    private static final int ACKNOWLEDGED = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    /** A push the service acknowledged. */
    private record Acknowledged(Wallet owner, String name, boolean requester) {
        String value() {
            return "value of " + name + " of " + owner.address();
        }

        SecretId id() {
            Address address = Address.parse(owner.address());
            return requester
                    ? new SecretId.RequesterSecret(address, new RequesterSecretName(name))
                    : new SecretId.AccountSecret(address, new AccountSecretName(name));
        }

        HttpRequest.Builder push(URI base) {
            return requester
                    ? Pushes.requesterPush(base, owner, name, value())
                    : Pushes.accountPush(base, owner, name, value());
        }

        URI presence(URI base) {
            return requester
                    ? Pushes.requester(base, owner.address(), name)
                    : Pushes.account(base, owner.address(), name);
        }
    }

    /** A running process of the service. */
    private record Service(Process process, URI base) {}

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        http.close();
    }

    @Test
    @Timeout(600)
    void everythingAnsweredWith204SurvivesAKill() throws Exception {
        try (LocalChain chain = LocalChain.anvil()) {
            String hub = PocoDeployment.deploy(chain).hub();
            List<Acknowledged> all = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                Service service = start(chain.url(), hub);
                assertPresent(service, all);
                List<Acknowledged> ofThisRun = pushUntilKilled(service);
                assertThat(ofThisRun).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
                all.addAll(ofThisRun);
            }
            Service last = start(chain.url(), hub);
            assertPresent(last, all);
            last.process().destroyForcibly().waitFor();
            assertDecryptable(all, hub);
        }
    }

    private Service start(URI node, String hub) throws IOException, InterruptedException {
        int port = FreePorts.one();
        Map<String, String> settings = RunningServer.settings(folder, node, hub);
        settings.put("server.port", Integer.toString(port));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmsServer.class.getName()));
        command.addAll(List.of(RunningServer.arguments(settings)));
        Path log = Files.createTempFile(folder, "service", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(process);
        Service service = new Service(process, URI.create("http://localhost:" + port));
        awaitHealth(service, log);
        return service;
    }

    private void awaitHealth(Service service, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest health = HttpRequest.newBuilder(service.base().resolve("/actuator/health"))
                .build();
        while (System.nanoTime() < end) {
            assertThat(service.process().isAlive()).as(Files.readString(log)).isTrue();
            try {
                if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (ConnectException notYet) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("the service did not start: " + Files.readString(log));
    }

    private List<Acknowledged> pushUntilKilled(Service service) throws InterruptedException {
        Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                boolean requester = client % 2 == 0;
                clients.submit(() -> push(service, requester, acknowledged));
            }
            while (acknowledged.size() < ACKNOWLEDGED && service.process().isAlive()) {
                Thread.sleep(2);
            }
            service.process().destroyForcibly().waitFor();
        }
        return List.copyOf(acknowledged);
    }

    private void push(Service service, boolean requester, Queue<Acknowledged> acknowledged) {
        Wallet owner = Wallet.random(random);
        for (int number = 0; number < 128; number++) {
            Acknowledged push = new Acknowledged(owner, "name-" + number, requester);
            if (status(push.push(service.base())).equals(Optional.of(204))) {
                acknowledged.add(push);
            } else {
                return;
            }
        }
    }

    /** Empty when the process died under the request. */
    private Optional<Integer> status(HttpRequest.Builder request) {
        try {
            return Optional.of(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException killed) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void assertPresent(Service service, List<Acknowledged> all) {
        for (Acknowledged push : all) {
            assertThat(status(Pushes.head(push.presence(service.base()))))
                    .as(push.toString())
                    .contains(204);
        }
    }

    private void assertDecryptable(List<Acknowledged> all, String hub) {
        Path store = folder.resolve("store");
        try (OpenStore opened = StoreOnDisk.open(store, store.resolve("root.key"), hub, StoreOnDisk.PLAIN)) {
            SecretVault vault = StoreOnDisk.vault(opened);
            for (Acknowledged push : all) {
                assertThat(StoreOnDisk.value(vault, push.id())).contains(push.value());
            }
            assertThat(opened.log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
        }
    }
}
