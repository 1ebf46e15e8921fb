package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.ChainCheck;
import io.attested.sms.chain.Address;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;

/** No answer to a push leaves before a forced write has ended that began after the push was written. */
class ForcedWriteTest {
    private static final int CLIENTS = 64;
    private static final int SAMPLES = 4;

    @TempDir
    private static Path folder;

    private static LocalChain chain;
    private static String hub;
    private static RunningServer server;

    private final SecureRandom random = new SecureRandom();

    @BeforeAll
    static void start() {
        GatedFiles.register();
        chain = LocalChain.anvil();
        hub = PocoDeployment.deploy(chain).hub();
        server = RunningServer.start(folder, chain.url(), hub, Map.of(), ForcedWriteTest::onGatedFiles);
    }

    @AfterAll
    static void stop() {
        server.close();
        chain.close();
    }

    private static Path store() {
        return folder.resolve("store");
    }

    private static Path rootKey() {
        return store().resolve("root.key");
    }

    private static GatedFiles.Disk disk() {
        return GatedFiles.disk("retry:" + store().resolve("sms.mv.db"));
    }

    /** The service as it is, but its store lies on the gated files: settings cannot name a file system. */
    private static void onGatedFiles(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(factory -> {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) factory;
            RootBeanDefinition gated = new RootBeanDefinition(
                    OpenStore.class,
                    () -> StoreOnDisk.open(store(), rootKey(), hub, GatedFiles.SCHEME + ":" + StoreOnDisk.PLAIN));
            gated.setDestroyMethodName("close");
            registry.removeBeanDefinition("store");
            registry.registerBeanDefinition("store", gated);
        });
    }

    /** A wallet's one push. */
    private record Push(Wallet owner) {
        int send() {
            HttpResponse<String> answer =
                    server.send(Pushes.accountPush(server.scone(), owner, "name", "value of " + owner.address()));
            return answer.statusCode();
        }

        SecretId id() {
            return new SecretId.AccountSecret(Address.parse(owner.address()), new AccountSecretName("name"));
        }
    }

    private List<Push> pushes() {
        return Stream.generate(() -> new Push(Wallet.random(random)))
                .limit(CLIENTS)
                .toList();
    }

    @Test
    @Timeout(300)
    void noAnswerLeavesWhileTheForcedWriteHasNotEnded() throws Exception {
        long writes = disk().writes();
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            disk().close();
            try {
                pushes().forEach(push -> answers.add(clients.submit(push::send)));
                while (disk().writes() == writes) {
                    Thread.sleep(5);
                }
                Thread.sleep(1000);
                assertThat(answers).noneMatch(Future::isDone);
            } finally {
                disk().open();
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(204);
            }
        }
    }

    /** What was answered at an instant, and what a loss of power then would have left. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sample(List<Push> answered, byte[] left) {}

    @Test
    @Timeout(300)
    void whatWasAnsweredIsInWhatWasForced() throws Exception {
        ConcurrentLinkedQueue<Push> answered = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Push push : pushes()) {
                clients.submit(() -> {
                    assertThat(push.send()).isEqualTo(204);
                    answered.add(push);
                    samples.add(new Sample(List.copyOf(answered), disk().forcedContent()));
                });
            }
        }
        assertThat(answered).hasSize(CLIENTS);
        List<Sample> inOrder = List.copyOf(samples);
        for (int i = 0; i < SAMPLES; i++) {
            assertHolds(inOrder.get(i * (CLIENTS - 1) / (SAMPLES - 1)));
        }
    }

    private static void assertHolds(Sample sample) throws IOException {
        Path after = Files.createTempDirectory(
                folder, "after", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(after.resolve("sms.mv.db"), sample.left());
        try (OpenStore opened = StoreOnDisk.open(after, rootKey(), hub, StoreOnDisk.PLAIN)) {
            assertThat(opened.log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
            SecretVault vault = StoreOnDisk.vault(opened);
            for (Push push : sample.answered()) {
                assertThat(StoreOnDisk.value(vault, push.id()))
                        .contains("value of " + push.owner().address());
            }
        }
    }
}
