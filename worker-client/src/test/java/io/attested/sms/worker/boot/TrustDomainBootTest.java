package io.attested.sms.worker.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.TdxLaunch;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.boot.BootListener.BootStep;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.evidence.DomainMemory;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.LaunchRegister;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.evidence.SeparateUser;
import io.attested.sms.worker.evidence.SoleUse;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.HttpReleaseService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The boot stage in a trust domain: what it measures, when, and what it refuses. */
class TrustDomainBootTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:58:00Z"));

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> happened = new ArrayList<>();
    private Optional<SeparateUser> user = Optional.empty();
    private BootListener listener = step -> {};
    private TaskScene scene;
    private FakeDomain domain;

    @BeforeEach
    void open() throws IOException {
        scene = new TaskScene(folder);
        domain = new FakeDomain();
    }

    @AfterEach
    void close() {
        scene.close();
        http.close();
    }

    @Test
    void runMeasuresTheThreeEventsBeforeAskingAndTheStartBeforeTheApplication() throws IOException {
        assertThat(run()).isInstanceOf(BootOutcome.Started.class);
        assertThat(domain.events)
                .containsExactly(
                        LaunchEvent.app(checksum()),
                        LaunchEvent.launch(scene.sms.key().bytes()),
                        LaunchEvent.ready(),
                        LaunchEvent.started());
        assertThat(happened)
                .containsSubsequence(
                        "TREE_COPIED",
                        "sms-app",
                        "sms-launch",
                        "sms-ready",
                        "quote",
                        "INPUTS_READY",
                        "sms-started",
                        "STARTING");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("dataset=" + TaskScene.PLAINTEXT.strip());
    }

    @Test
    void runInADomainThatStartedAnApplicationThenNothingIsAskedFor() throws IOException {
        run();
        scene.sms.requests.clear();
        out.reset();
        assertRefused(run(), "evidence.wrong-launch", "has started the application before");
        assertThat(scene.sms.requests).isEmpty();
        assertThat(out.size()).isZero();
        assertThat(domain.events).hasSize(4);
    }

    @Test
    void runAfterAnOutageOfTheServiceThenGoesOnInTheSameDomain() throws IOException {
        scene.sms.problemStatus = 503;
        scene.sms.problem = "{\"type\":\"about:blank\",\"status\":503,\"code\":\"chain.unavailable\",\"detail\":\"x\"}";
        assertRefused(run(), "chain.unavailable", "");
        assertThat(domain.events).hasSize(3);
        scene.sms.problemStatus = null;
        assertThat(run()).isInstanceOf(BootOutcome.Started.class);
        assertThat(domain.events).hasSize(4);
    }

    @Test
    void runWhenSomethingElseWasMeasuredThenNothingIsAskedFor() throws IOException {
        domain.extend(new LaunchEvent("debug-shell", ByteString.copyOf(new byte[0])));
        assertRefused(run(), "evidence.wrong-launch", "which is not the launch of the image");
        assertThat(scene.sms.requests).isEmpty();
        assertThat(domain.events).hasSize(1);
    }

    @Test
    void runOfAnotherTreeInAMeasuredDomainThenRefused() throws IOException {
        TdxLaunch.events(checksum(), scene.sms.key().bytes()).forEach(domain.events::add);
        scene.write("data.txt", "another");
        assertRefused(run(), "evidence.wrong-launch", "which is not the launch of the image");
    }

    @Test
    void runForAnotherServiceInAMeasuredDomainThenRefused() throws IOException {
        TdxLaunch.events(checksum(), scene.sms.key().bytes()).forEach(domain.events::add);
        assertRefused(run(scene.order().withServiceKey(otherKey())), "evidence.wrong-launch", "for the service");
    }

    @Test
    void runWhenAnEventIsAddedBesideThenRefusedAfterReadingBack() throws IOException {
        domain.alsoExtends = true;
        assertRefused(run(), "evidence.wrong-launch", "which is not the launch of the image");
        assertThat(scene.sms.requests).isEmpty();
    }

    @Test
    void runWhenTheRegisterCannotBeExtendedThenRefused() throws IOException {
        domain.failingFrom = 0;
        assertRefused(run(), "enclave.no-evidence", "could not measure its launch");
        assertThat(scene.sms.requests).isEmpty();
    }

    @Test
    void runWhenTheStartCannotBeMeasuredThenTheApplicationIsNotStarted() throws IOException {
        domain.failingFrom = 3;
        assertRefused(run(), "enclave.no-evidence", "could not measure its launch");
        assertThat(out.size()).isZero();
        assertThat(happened).doesNotContain("STARTING");
    }

    @Test
    void runAsAUserOfItsOwnThenTheApplicationCannotReadTheBootStage() throws IOException {
        SeparateUser nobody = SeparateUser.OF_TRUST_DOMAIN;
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("changing the user takes user 0")
                .isEqualTo(0);
        assumeThat(nobody.setpriv()).exists();
        scene.write("bin/probe", """
                #!/bin/sh
                cat "$IEXEC_IN"/*
                echo "user=$(id -u) groups=$(id -G) secret=$IEXEC_APP_DEVELOPER_SECRET"
                grep -E '^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs)' /proc/self/status | tr -d '\t'
                head -c 1 "/proc/$PPID/environ" > /dev/null 2>&1 && echo "read the boot stage"
                ls "$IEXEC_IN/../.." > /dev/null 2>&1 && echo "listed private memory"
                echo result > "$IEXEC_OUT/result" && echo "wrote"
                """);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        user = Optional.of(nobody);
        assertThat(run()).isInstanceOf(BootOutcome.Started.class);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        TaskScene.PLAINTEXT.strip(),
                        "user=61000 groups=61000 secret=developer's secret",
                        "CapInh:0000000000000000",
                        "CapPrm:0000000000000000",
                        "CapEff:0000000000000000",
                        "CapBnd:0000000000000000",
                        "CapAmb:0000000000000000",
                        "NoNewPrivs:1",
                        "wrote");
        assertThat(scene.privateMemory).isDirectoryNotContaining("glob:**sms-task-*");
        assertThat(Files.getPosixFilePermissions(scene.privateMemory))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void runWhileAnotherStageHoldsTheDomainThenRefusedAndNothingOfItIsSeen() throws IOException {
        List<BootOutcome> second = new ArrayList<>();
        listener = step -> {
            if (step == BootStep.INPUTS_READY) {
                listener = other -> {};
                second.add(run());
            }
        };
        assertThat(run()).isInstanceOf(BootOutcome.Started.class);
        assertThat(second)
                .singleElement()
                .satisfies(refused -> assertRefused(refused, "enclave.domain-in-use", "another"));
    }

    @Test
    void runWhereAKilledStageLeftItsDatasetThenRefused() throws IOException {
        TdxLaunch.events(checksum(), scene.sms.key().bytes()).forEach(domain.events::add);
        Path left = Files.createDirectories(scene.privateMemory.resolve("sms-task-1/iexec_in"));
        Files.writeString(left.resolve("dataset"), "of another task");
        assertRefused(run(), "enclave.domain-in-use", "start another trust domain");
        assertThat(scene.sms.requests).isEmpty();
        assertThat(out.size()).isZero();
    }

    private BootOutcome run() {
        return run(scene.order());
    }

    private BootOutcome run(TaskOrder order) {
        return new BootStage(
                        domain,
                        new HttpReleaseService(http, scene.sms.address()),
                        AskSigner.of(TaskScene.WORKER, CLOCK),
                        (BootStep step) -> {
                            happened.add(step.name());
                            listener.reached(step);
                        },
                        new BootStage.Output(out, out))
                .run(order);
    }

    private static void assertRefused(BootOutcome outcome, String code, String detail) {
        assertThat(outcome).isInstanceOfSatisfying(BootOutcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.detail()).contains(detail);
        });
    }

    private byte[] checksum() throws IOException {
        return scene.parts().imageChecksum().bytes();
    }

    private static ServiceKey otherKey() {
        SecretBytes seed = SecretBytes.owning(HexFormat.of().parseHex("02".repeat(32)));
        return new ServiceKey(Bytes32.of(ServiceSignature.publicKey(seed)));
    }

    /** A trust domain whose register remembers its events and whose quotes are a label and the report data. */
    private final class FakeDomain implements EvidenceSource, LaunchRegister {
        private final List<LaunchEvent> events = new ArrayList<>();
        private int failingFrom = Integer.MAX_VALUE;
        private boolean alsoExtends;

        @Override
        public ReportIdentity identity() {
            return new ReportIdentity.TrustDomain(this);
        }

        @Override
        public ByteString value() {
            return TdxLaunch.replay(events);
        }

        @Override
        public void extend(LaunchEvent event) throws IOException {
            if (events.size() >= failingFrom) {
                throw new IOException("no such register");
            }
            happened.add(event.type());
            events.add(event);
            if (alsoExtends) {
                events.add(event);
            }
        }

        @Override
        public byte[] quote(byte[] reportData) throws IOException {
            happened.add("quote");
            ByteArrayOutputStream quote = new ByteArrayOutputStream();
            quote.write(FakeEnclave.LABEL);
            quote.write(new byte[64]);
            quote.write(reportData);
            return quote.toByteArray();
        }

        @Override
        public Optional<byte[]> collateral() {
            return Optional.empty();
        }

        @Override
        public Optional<MeasuredImage> measuredImage() {
            return Optional.empty();
        }

        @Override
        public Optional<SeparateUser> applicationUser() {
            return user;
        }

        @Override
        public SoleUse soleUse() throws IOException {
            return new DomainMemory(scene.privateMemory).take();
        }

        @Override
        public Path privateMemory() {
            return scene.privateMemory;
        }
    }
}
