package io.attested.sms.task.ipfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.standin.IpfsStandIn;
import io.attested.sms.standin.IpfsStandIn.Behaviour;
import io.attested.sms.task.bulk.BulkContents.Content;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpfsGatewayTest {
    private static final int MOST = 600_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** With a gateway that does not answer in time. */
    private static final Duration IMPATIENCE = Duration.ofMillis(800);

    private static final byte[] SMALL = IpfsStandIn.utf8("[\"a\"]");

    private final IpfsStandIn standIn = IpfsStandIn.start();
    private final IpfsGateway gateway = open(standIn.url());

    private static IpfsGateway open(URI url) {
        return open(url, PATIENCE);
    }

    private static IpfsGateway open(URI url, Duration timeout) {
        return IpfsGateway.open(new GatewaySettings(url, timeout, MOST, 2), InstantSource.system());
    }

    @AfterEach
    void close() {
        gateway.close();
        standIn.close();
    }

    private Content read(String cid) {
        return gateway.read(cid, Instant.now().plus(PATIENCE));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Content found(byte[] bytes) {
        return new Content.Found(ByteString.copyOf(bytes));
    }

    @ParameterizedTest
    @EnumSource(names = {"HONEST", "PLAIN_ONLY", "REFUSES_RAW"})
    void filesOfOneBlockAreReadFromAnyGatewayThatIsHonest(Behaviour behaviour) {
        byte[] whole = random(256 << 10);
        List<String> names = List.of(
                standIn.add(SMALL),
                standIn.add(new byte[0]),
                standIn.add(whole),
                standIn.addRaw(SMALL),
                standIn.addVersion1(SMALL, true),
                standIn.addVersion1(SMALL, false));
        standIn.behave(behaviour);

        assertThat(names.stream().map(this::read))
                .containsExactly(
                        found(SMALL), found(new byte[0]), found(whole), found(SMALL), found(SMALL), found(SMALL));
    }

    @Test
    void fileOfSeveralBlocksIsPutTogetherFromVerifiedPieces() {
        byte[] large = random(550_000);
        byte[] piece = random(1000);

        assertThat(read(standIn.add(large))).isEqualTo(found(large));
        assertThat(read(standIn.addNode(List.of(piece, piece), 2000))).isEqualTo(found(join(piece, piece)));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN_ONLY", "REFUSES_RAW"})
    void fileOfSeveralBlocksIsNotReadFromAGatewayOfPlainContentAndTheReasonSaysWhatIsNeeded(Behaviour behaviour) {
        String cid = standIn.add(random(300_000));
        standIn.behave(behaviour);

        assertThat(read(cid))
                .isInstanceOfSatisfying(
                        Content.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).contains("256 KiB", "?format=raw"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LYING", "SLOW", "DRIPPING", "REDIRECTING", "ENDLESS", "COMPRESSED", "BROKEN", "LOST"})
    void whatAGatewayDoesWrongIsAnOutageInTime(Behaviour behaviour) {
        List<String> names = List.of(standIn.add(SMALL), standIn.addRaw(random(2000)));
        standIn.behave(behaviour);
        for (String cid : names) {
            assertThat(gateway.read(cid, Instant.now().plus(IMPATIENCE)))
                    .isInstanceOfSatisfying(
                            Content.Unavailable.class,
                            unavailable -> assertThat(unavailable.reason())
                                    .isNotBlank()
                                    .doesNotContain("127.0.0.1"));
        }
        try (IpfsGateway impatient = open(standIn.url(), IMPATIENCE)) {
            assertThat(impatient.read(names.getFirst(), Instant.now().plus(PATIENCE)))
                    .isInstanceOf(Content.Unavailable.class);
        }

        standIn.behave(Behaviour.HONEST);
        assertThat(read(names.getFirst())).isEqualTo(found(SMALL));
    }

    @Test
    void pieceThatIsNotWhatItsLinkNamesIsNotBelieved() {
        byte[] piece = random(1000);
        String cid = standIn.addNode(List.of(piece), 1000);
        try (IpfsStandIn other = IpfsStandIn.start();
                IpfsGateway reader = open(other.url())) {
            // The root is served under its name, the piece is not there.
            other.addNode(List.of(random(999)), 999);
            assertThat(reader.read(cid, Instant.now().plus(PATIENCE))).isInstanceOf(Content.Unavailable.class);
        }
        assertThat(read(cid)).isEqualTo(found(piece));
    }

    @Test
    void redirectIsFollowedOnTheSameHostAndPortOnly() {
        String cid = standIn.add(SMALL);
        try (IpfsStandIn elsewhere = IpfsStandIn.start()) {
            elsewhere.add(SMALL);
            standIn.behave(Behaviour.REDIRECTING).redirectTo(elsewhere.url() + "/ipfs/" + cid);
            assertThat(read(cid)).isInstanceOf(Content.Unavailable.class);
            assertThat(elsewhere.requests()).isEmpty();
        }
        standIn.redirectTo("/ipfs/" + cid + "?format=raw");
        assertThat(read(cid)).isInstanceOf(Content.Unavailable.class);
        assertThat(standIn.requests()).hasSize(1 + 3);
    }

    @Test
    void fileIsReadUpToTheBoundAndNotBeyond() {
        byte[] most = random(MOST);
        byte[] more = random(MOST + 1);

        assertThat(read(standIn.add(most))).isEqualTo(found(most));
        assertThat(read(standIn.add(more))).isInstanceOf(Content.Unreadable.class);
        assertThat(read(standIn.addRaw(random(MOST + 2000)))).isInstanceOf(Content.Unavailable.class);
        // A root that says less than its pieces have.
        assertThat(read(standIn.addNode(List.of(random(400_000), random(200_001)), 10)))
                .isInstanceOf(Content.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0a",
                "0a020801",
                "0a020802ff",
                "0a0208020a020802",
                "1202",
                "12021200",
                "0a0608021205aaaa",
                "0a04080218ff",
                "2a00"
            })
    void blockThatIsNoFileIsUnreadable(String hex) {
        byte[] block = HexFormat.of().parseHex(hex);

        assertThat(read(standIn.addBlock(block, 0x70))).isInstanceOf(Content.Unreadable.class);
    }

    @Test
    void everythingThatIsNoCidIsUnreadableAndNotAskedFor() {
        for (String text : List.of("", "x", "../../etc/passwd", "Qm?format=car", "a".repeat(10_000))) {
            assertThat(read(text)).isInstanceOf(Content.Unreadable.class);
        }
        assertThat(standIn.requests()).isEmpty();
    }

    @Test
    void fileReadOnceIsRemembered() {
        String cid = standIn.add(SMALL);
        read(cid);
        standIn.behave(Behaviour.BROKEN);

        assertThat(read(cid)).isEqualTo(found(SMALL));
        assertThat(standIn.requests()).containsExactly("/ipfs/" + cid + "?format=raw");
    }

    @Test
    void noMoreThanTheAllowedNumberWaitForASlowGateway() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            names.add(standIn.add(random(10 + i)));
        }
        String known = standIn.add(SMALL);
        read(known);
        standIn.behave(Behaviour.SLOW).delay(PATIENCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Content>> reads = names.stream()
                    .<Callable<Content>>map(
                            cid -> () -> gateway.read(cid, Instant.now().plusSeconds(4)))
                    .toList();
            List<Content> answers = new ArrayList<>();
            List<Future<Content>> futures = reads.stream().map(threads::submit).toList();
            assertThat(read(known)).isEqualTo(found(SMALL));
            while (standIn.requests().size() < 1 + 2) {
                Thread.sleep(5);
            }
            Thread.sleep(300);
            assertThat(standIn.requests()).as("at once").hasSize(1 + 2);
            for (Future<Content> future : futures) {
                answers.add(future.get());
            }
            assertThat(answers).allMatch(Content.Unavailable.class::isInstance);
        }
    }

    @Test
    void whoFindsAllPlacesTakenWaitsForATurn() throws Exception {
        List<String> names = new ArrayList<>(List.of(standIn.add(SMALL), standIn.add(random(10))));
        names.addAll(List.copyOf(names));
        names.addAll(List.copyOf(names));
        standIn.behave(Behaviour.SLOW).delay(Duration.ofMillis(150));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Content>> answers =
                    names.stream().map(cid -> threads.submit(() -> read(cid))).toList();
            for (Future<Content> answer : answers) {
                assertThat(answer.get()).isInstanceOf(Content.Found.class);
            }
        }
        assertThat(standIn.requests().size())
                .as("what is known is not asked again")
                .isLessThan(names.size());
    }

    @Test
    void settingsDoNotPrintTheirCredentials() {
        assertThat(new GatewaySettings(URI.create("http://user:secret@h"), Duration.ofSeconds(1), 1, 1).toString())
                .doesNotContain("secret");
    }

    @Test
    void settingsThatNameNoGatewayAreRefused() {
        for (String url : List.of("ftp://host", "http:/x", "relative", "http://h/?q=1", "http://h/#f")) {
            assertThatThrownBy(() -> new GatewaySettings(URI.create(url), Duration.ofSeconds(1), 1, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        URI good = URI.create("http://user:secret@h:1/base/");
        assertThat(new GatewaySettings(good, Duration.ofSeconds(1), 1, 1).gateway())
                .isEqualTo(good);
        assertThatThrownBy(() -> new GatewaySettings(good, Duration.ZERO, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GatewaySettings(good, Duration.ofSeconds(1), (16 << 20) + 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GatewaySettings(good, Duration.ofSeconds(1), 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
