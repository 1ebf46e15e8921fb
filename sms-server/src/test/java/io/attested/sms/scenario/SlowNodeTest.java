package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
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

/** Ten requests that wait for a slow node wait at the same time, are answered in the end, and delay no other. */
class SlowNodeTest {
    private static final int WAITING = 10;

    @Test
    @Timeout(300)
    void requestsThatWaitForASlowNodeDelayNoOther(@TempDir Path folder) throws Exception {
        try (LocalChain chain = LocalChain.anvil();
                LateNode node = LateNode.before(chain.url())) {
            Poco poco = PocoDeployment.deploy(chain);
            Scenario story = Scenario.on(chain, poco);
            Map<String, String> settings = Map.of(
                    "sms.chain.nodes[0].heads",
                    "ws" + chain.url().toString().substring("http".length()),
                    "sms.chain.max-silence",
                    "5m",
                    "sms.chain.timeout",
                    "1m");
            try (RunningServer server = RunningServer.start(folder, node.url(), poco.hub(), settings);
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<String> datasets = new ArrayList<>();
                for (int i = 0; i < WAITING; i++) {
                    datasets.add(story.createDataset("/ipfs/QmTest" + i, new byte[32]));
                }
                server.awaitHead(chain);
                node.keep();
                List<Future<HttpResponse<String>>> waiting = datasets.stream()
                        .map(dataset -> Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, dataset, "key"))
                        .map(push -> clients.submit(() -> server.send(push)))
                        .toList();
                // One after the other they would never wait together.
                while (node.kept() < WAITING) {
                    Thread.sleep(5);
                }
                assertOthersAreServed(server, waiting);
                node.letGo();
                for (Future<HttpResponse<String>> push : waiting) {
                    assertThat(push.get().statusCode()).isEqualTo(204);
                }
            }
        }
    }

    /** What needs no chain is answered while all of the others wait. */
    private static void assertOthersAreServed(RunningServer server, List<Future<HttpResponse<String>>> waiting) {
        Wallet somebody = Wallet.random(new SecureRandom());
        for (HttpRequest.Builder request : List.of(
                Pushes.accountPush(server.tdx(), somebody, "token", "value"),
                Pushes.requesterPush(server.scone(), somebody, "name", "value"),
                Pushes.head(Pushes.account(server.scone(), somebody.address(), "token")))) {
            assertThat(server.send(request).statusCode()).isEqualTo(204);
        }
        assertThat(server.get(server.scone().resolve("/tee/framework")).statusCode())
                .isEqualTo(200);
        assertThat(waiting).noneMatch(Future::isDone);
    }
}
