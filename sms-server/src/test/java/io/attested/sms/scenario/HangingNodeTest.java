package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that accepts and never answers delays who needs the chain and nobody else. */
class HangingNodeTest {
    private static final int WAITING = 250;

    /** As many questions as may be under way at one node. */
    private static final int MOST_EXCHANGES = 64;

    @Test
    @Timeout(180)
    void requestsThatWaitForTheChainHoldNothing(@TempDir Path folder) throws Exception {
        try (LocalChain chain = LocalChain.anvil();
                HangingProxy proxy = HangingProxy.before(chain.url())) {
            Poco poco = PocoDeployment.deploy(chain);
            Scenario story = Scenario.on(chain, poco);
            try (RunningServer server = RunningServer.start(
                            folder,
                            proxy.url(),
                            poco.hub(),
                            Map.of("sms.chain.max-silence", "5s", "sms.chain.timeout", "1m"));
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                String dataset = story.createDataset("/ipfs/QmTest", new byte[32]);
                String task = story.initialize(story.match(story.terms(story.createApp("ab".repeat(32)))), 0);
                server.awaitHead(chain);
                proxy.hang(true);
                List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
                for (int i = 0; i < WAITING; i++) {
                    HttpRequest.Builder request = request(server, i, dataset, task);
                    waiting.add(clients.submit(() -> server.send(request)));
                }
                while (proxy.swallowed() < MOST_EXCHANGES / 2) {
                    Thread.sleep(5);
                }
                assertOthersAreServed(server);
                assertMostExchangesWait(waiting);
                proxy.cut();
                for (Future<HttpResponse<String>> answer : waiting) {
                    assertThat(answer.get().statusCode()).isEqualTo(503);
                }
                proxy.hang(false);
                server.awaitFollowing();
                assertThat(server.send(Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, dataset, "key"))
                                .statusCode())
                        .isEqualTo(204);
            }
        }
    }

    /** A node is asked so much at a time; whoever comes later is soon told that the chain cannot be read. */
    private static void assertMostExchangesWait(List<Future<HttpResponse<String>>> all) {
        assertThat(all).filteredOn(answer -> !answer.isDone()).hasSizeGreaterThanOrEqualTo(MOST_EXCHANGES / 2);
    }

    private static HttpRequest.Builder request(RunningServer server, int i, String dataset, String task) {
        WorkerpoolAuthorization authorization = Asking.authorization(task, "0x" + "5c".repeat(20));
        return switch (i % 3) {
            case 0 -> Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, dataset, "key");
            case 1 -> Asking.session(server.scone(), authorization);
            default -> Asking.challenge(server.scone(), task);
        };
    }

    private static void assertOthersAreServed(RunningServer server) throws Exception {
        Wallet somebody = Wallet.random(new SecureRandom());
        HikariPoolMXBean pool = server.bean(OpenStore.class)
                .database()
                .dataSource()
                .unwrap(HikariDataSource.class)
                .getHikariPoolMXBean();
        assertThat(pool.getActiveConnections()).isZero();
        assertThat(pool.getThreadsAwaitingConnection()).isZero();
        assertThat(server.send(Pushes.accountPush(server.scone(), somebody, "token", "value"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.send(Pushes.head(Pushes.account(server.scone(), somebody.address(), "token")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.get(server.scone().resolve("/actuator/health")).statusCode())
                .isEqualTo(200);
        server.awaitStopped();
        HttpResponse<String> health = server.get(server.nativeApi().resolve("/v1/health"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"degraded\"").contains("\"reason\":\"silent\"");
    }
}
