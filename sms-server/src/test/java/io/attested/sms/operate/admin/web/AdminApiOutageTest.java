package io.attested.sms.operate.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.operate.admin.AdminScene;
import io.attested.sms.operate.admin.Contents;
import io.attested.sms.operate.admin.StoreImage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;

/** What an operator is told when the store fails: contract section 1.6, 500 without a body. */
class AdminApiOutageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"log", "data", "transaction"})
    void aStoreThatFailsIsTheContractsFailure(String part) {
        try (AdminScene scene = AdminScene.open(folder)) {
            AdminApi api = new AdminApi(scene.backups(failing(part)), new SimpleMeterRegistry());
            var answer = api.backup();
            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
            assertThat(answer.getBody()).isNull();
            assertThat(scene.work()).isEmptyDirectory();
        }
    }

    @Test
    void theNextCallMayDoIt() {
        try (AdminScene scene = AdminScene.open(folder)) {
            new AdminApi(scene.backups(failing("log")), new SimpleMeterRegistry()).backup();
            assertThat(new AdminApi(scene.backups(), new SimpleMeterRegistry())
                            .backup()
                            .getStatusCode())
                    .isEqualTo(HttpStatus.CREATED);
        }
    }

    @Test
    void whoMeetsAnotherOperationIsToldWhenToComeAgain() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        try (AdminScene scene = AdminScene.open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AdminApi api = new AdminApi(scene.backups(holding(busy, seen)), new SimpleMeterRegistry());
            var first = threads.submit(api::backup);
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
            var second = api.backup();
            seen.countDown();
            assertThat(second.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
            assertThat(second.getHeaders().getFirst("Retry-After")).isEqualTo("1");
            assertThat(second.getBody()).isNull();
            assertThat(first.get().getHeaders().getFirst("Retry-After")).isNull();
        }
    }

    private static StoreImage holding(CountDownLatch busy, CountDownLatch seen) {
        return new StoreImage() {
            @Override
            public Contents write(OutputStream out, SecretBytes root) {
                busy.countDown();
                try {
                    assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new LogUnavailable("enough was seen", false);
            }

            @Override
            public Verified verify(Source source, SecretBytes root) {
                throw new IllegalStateException("not asked for");
            }
        };
    }

    private static StoreImage failing(String part) {
        return new StoreImage() {
            @Override
            public Contents write(OutputStream out, SecretBytes root) {
                throw switch (part) {
                    case "log" -> new LogUnavailable("the log is closed", false);
                    case "data" -> new DataAccessResourceFailureException("gone");
                    default -> new CannotCreateTransactionException("gone");
                };
            }

            @Override
            public Verified verify(Source source, SecretBytes root) {
                throw new IllegalStateException("not asked for");
            }
        };
    }
}
