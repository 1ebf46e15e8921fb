package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.attested.sms.contracts.testbed.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * At least forty malformed requests for each group of the contract's section 1 and for HTTP itself: each gets the contract's
 * status or a 4xx, in time; none is echoed or logged, leaves a stack trace, or a service that no longer answers.
 */
class BadRequestTablesTest {
    private static final int AT_LEAST = 40;
    private static final Duration DEADLINE = Duration.ofSeconds(9);

    private static final String ADMIN_KEY = "a-key-of-the-operator-for-this-test";

    @TempDir
    private static Path folder;

    private static Path storage;
    private static ServedChain served;
    private static BadSecretRequests secrets;

    private LoggedLines log;

    @BeforeAll
    static void start() throws IOException {
        storage = Files.createDirectories(folder.resolve("backup"));
        Files.createDirectories(folder.resolve("backup-evil"));
        Path key = folder.resolve("admin.key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, ADMIN_KEY);
        served = ServedChain.start(
                folder,
                Map.of("sms.admin.api-key-file", key.toString(), "sms.admin.storage-location", storage.toString()));
        secrets = new BadSecretRequests(
                Wallet.random(new SecureRandom()),
                served.story().createDataset("/ipfs/QmTest", new byte[32]),
                served.story().createApp(""));
        served.awaitHead();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void capture() {
        log = LoggedLines.capture();
    }

    /** After every table. */
    @AfterEach
    void nothingLeakedAndTheServiceGoesOn() {
        Wallet somebody = Wallet.random(new SecureRandom());
        int good = served.server()
                .send(Pushes.requesterPush(served.server().scone(), somebody, "name", "value"))
                .statusCode();
        log.close();
        assertThat(good).isEqualTo(204);
        assertThat(log.lines()).noneMatch(line -> line.contains(BadRequest.MARKER));
        assertThat(log.traces()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> datasetKeys() {
        return table(secrets.datasetKeys());
    }

    @TestFactory
    Stream<DynamicTest> accountSecrets() {
        return table(secrets.accountSecrets());
    }

    @TestFactory
    Stream<DynamicTest> appSecrets() {
        return table(secrets.appSecrets());
    }

    @TestFactory
    Stream<DynamicTest> requesterSecrets() {
        return table(secrets.requesterSecrets());
    }

    @TestFactory
    Stream<DynamicTest> tee() {
        return table(BadServiceRequests.tee());
    }

    @TestFactory
    Stream<DynamicTest> service() {
        return table(BadServiceRequests.service());
    }

    @TestFactory
    Stream<DynamicTest> admin() {
        return table(BadServiceRequests.admin(ADMIN_KEY, storage));
    }

    @TestFactory
    Stream<DynamicTest> http() {
        return table(BadServiceRequests.http());
    }

    private static Stream<DynamicTest> table(List<BadRequest> rows) {
        assertThat(rows).hasSizeGreaterThanOrEqualTo(AT_LEAST);
        assertThat(rows).extracting(BadRequest::what).doesNotHaveDuplicates();
        return rows.stream().map(row -> dynamicTest(row.what(), () -> answered(row)));
    }

    private static void answered(BadRequest row) {
        long sent = System.nanoTime();
        RawHttp.Answer answer = RawHttp.exchange(served.server().scone(), row.bytes());
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(DEADLINE);
        assertThat(row.fits(answer.status()))
                .as("%s: expected %d, got %s", row.what(), row.expected(), answer)
                .isTrue();
        assertThat(answer.body()).doesNotContain(BadRequest.MARKER, "\tat ", "Exception", "<html");
        assertThat(answer.head()).doesNotContain(BadRequest.MARKER);
    }
}
