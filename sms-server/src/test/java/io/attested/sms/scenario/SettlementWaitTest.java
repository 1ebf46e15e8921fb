package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import io.attested.sms.operate.store.jdbc.OpenStore;
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

/** Sessions asked for right after a task was initialised wait until it has settled, and cost nothing meanwhile. */
class SettlementWaitTest {
    private static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);
    private static final String ENCLAVE = "0x" + "5c".repeat(20);
    private static final int DEPTH = 5;

    /** More than the database has connections, and the workers of a bag of tasks that start together. */
    private static final int WAITING = 150;

    @Test
    @Timeout(300)
    void waitingAsksNoNodeAndHoldsNoConnection(@TempDir Path folder) throws Exception {
        try (ServedChain served = ServedChain.start(
                        folder, Map.of("sms.chain.depth", Integer.toString(DEPTH), "sms.chain.settle-wait", "2m"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            RunningServer server = served.server();
            server.send(Pushes.accountPush(server.scone(), Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "token"));
            String app = served.story().createApp(FINGERPRINT);
            String task = served.story()
                    .initialize(served.story().match(served.story().terms(app)), 0);
            server.awaitHead(served.chain());
            WorkerpoolAuthorization authorization = Asking.authorization(task, ENCLAVE);
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                waiting.add(clients.submit(() -> server.send(Asking.session(server.scone(), authorization))));
            }
            awaitNothingMoreIsAsked(server);
            assertThat(waiting).noneMatch(Future::isDone);
            HikariPoolMXBean pool = pool(server);
            assertThat(pool.getActiveConnections()).isZero();
            assertThat(pool.getThreadsAwaitingConnection()).isZero();
            assertThat(server.send(Pushes.accountPush(
                                    server.scone(), Wallet.random(new SecureRandom()), "token", "value"))
                            .statusCode())
                    .isEqualTo(204);

            served.chain().mine(DEPTH);

            for (Future<HttpResponse<String>> answer : waiting) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
            }
        }
    }

    /** Until all have asked what they ask at first, and then nothing for one and a half seconds; fails at the timeout. */
    private static void awaitNothingMoreIsAsked(RunningServer server) throws InterruptedException {
        long before = -1;
        for (long asked = asked(server); asked == 0 || asked != before; asked = asked(server)) {
            before = asked;
            Thread.sleep(1500);
        }
    }

    private static long asked(RunningServer server) {
        return Prometheus.sum(server, "sms_chain_exchanges_total", "purpose=\"request\"");
    }

    private static HikariPoolMXBean pool(RunningServer server) {
        return ((HikariDataSource) server.bean(OpenStore.class).database().dataSource()).getHikariPoolMXBean();
    }
}
