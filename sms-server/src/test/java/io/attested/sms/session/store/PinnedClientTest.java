package io.attested.sms.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.session.store.PinnedClient.Deadlines;
import io.attested.sms.session.store.PinnedClient.Outcome;
import io.attested.sms.session.store.PinnedClient.Outcome.Answered;
import io.attested.sms.session.store.PinnedClient.Outcome.Unanswered;
import io.attested.sms.standin.Received;
import io.attested.sms.standin.Reply;
import io.attested.sms.standin.StandInServer;
import io.attested.sms.standin.StandInServer.ClientCertificate;
import io.attested.sms.standin.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer can do to the exchange, over real sockets. */
class PinnedClientTest {
    private static final TlsIdentity STORE = TlsIdentity.named("store");
    private static final TlsIdentity OWN = TlsIdentity.named("sms");
    private static final byte[] DOCUMENT = "a session".getBytes(StandardCharsets.UTF_8);
    private static final Deadlines PATIENT = new Deadlines(Duration.ofSeconds(60), Duration.ofSeconds(60));
    private static final Deadlines SHORT = new Deadlines(Duration.ofSeconds(3), Duration.ofSeconds(3));

    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void theDocumentArrivesAsItIsWithTheHeadersAndTheClientsCertificate() {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, Reply.status(201));

        assertThat(post(client(PATIENT), store)).isEqualTo(new Answered(201));
        Received received = store.received().getFirst();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.target()).isEqualTo("/session");
        assertThat(received.body()).isEqualTo(DOCUMENT);
        assertThat(received.values("Content-Type")).containsExactly("text/x-test");
        assertThat(received.peer()).contains(OWN.certificate());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 401, 403, 404, 409, 500, 503})
    void everyStatusIsHandedOnAsItIs(int status) {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, Reply.status(status));

        assertThat(post(client(PATIENT), store)).isEqualTo(new Answered(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnAnswerAndIsNotFollowed(int status) {
        StandInServer elsewhere = store(STORE, ClientCertificate.REQUIRED, Reply.status(201));
        StandInServer store =
                store(STORE, ClientCertificate.REQUIRED, Reply.redirect(status, elsewhere.url() + "/session"));

        assertThat(post(client(PATIENT), store)).isEqualTo(new Answered(status));
        assertThat(elsewhere.connections()).isZero();
    }

    @Test
    void anotherKeyIsRefusedAndSeesNothing() {
        StandInServer stranger = store(TlsIdentity.named("other"), ClientCertificate.REQUIRED, Reply.status(201));

        assertThat(post(client(PATIENT), stranger)).isEqualTo(new Unanswered(false, "tls"));
        assertThat(stranger.requests()).isZero();
    }

    @Test
    void anotherKeyUnderTheSameNameIsRefusedAndSeesNothing() {
        StandInServer imitator = store(STORE.imitated(), ClientCertificate.REQUIRED, Reply.status(201));

        assertThat(post(client(PATIENT), imitator)).isEqualTo(new Unanswered(false, "tls"));
        assertThat(imitator.requests()).isZero();
    }

    @Test
    void theCertificateOfThePinnedKeyMayHaveExpired() {
        StandInServer store = store(STORE.expired(), ClientCertificate.REQUIRED, Reply.status(201));

        assertThat(post(client(PATIENT), store)).isEqualTo(new Answered(201));
    }

    @Test
    void theNameOfTheHostDoesNotCount() {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, Reply.status(201));
        // The certificate names localhost and 127.0.0.1 only.
        URI byAnotherName = URI.create("https://[::ffff:127.0.0.1]:" + store.port() + "/session");

        assertThat(client(PATIENT).post(byAnotherName, Map.of(), DOCUMENT)).isEqualTo(new Answered(201));
    }

    @Test
    void aPeerThatChangesItsKeyIsPinnedByBoth() {
        StandInServer store = store(STORE, ClientCertificate.OPTIONAL, Reply.status(201));
        PinnedKeys both = new PinnedKeys(List.of(
                TlsIdentity.named("next").keys().getPublic(), STORE.keys().getPublic()));

        assertThat(post(opened(PinnedClient.of(both, Optional.empty(), PATIENT)), store))
                .isEqualTo(new Answered(201));
    }

    @Test
    void aStoreThatWantsACertificateGetsNothingWithoutOne() {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, Reply.status(201));
        PinnedClient anonymous = opened(PinnedClient.of(pins(), Optional.empty(), PATIENT));

        assertThat(post(anonymous, store)).isInstanceOf(Unanswered.class);
        assertThat(store.requests()).isZero();
    }

    @Test
    void aPlainServerIsNoStore() {
        StandInServer plain = opened(StandInServer.plain(0, request -> Reply.status(201)));

        Outcome outcome =
                client(PATIENT).post(URI.create("https://localhost:" + plain.port() + "/session"), Map.of(), DOCUMENT);
        assertThat(outcome).isInstanceOf(Unanswered.class);
        assertThat(plain.requests()).isZero();
    }

    @Test
    void whereNobodyListensNothingArrives() {
        URI url = URI.create("https://localhost:" + FreePorts.one() + "/session");

        assertThat(client(PATIENT).post(url, Map.of(), DOCUMENT)).isEqualTo(new Unanswered(false, "connect"));
    }

    @Test
    void aNameThatDoesNotResolveIsNoConnection() {
        assertThat(client(PATIENT).post(URI.create("https://store.invalid/session"), Map.of(), DOCUMENT))
                .isEqualTo(new Unanswered(false, "connect"));
    }

    @Test
    void aServerThatNeverShakesHandsIsLeftAtTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://localhost:" + silent.getLocalPort() + "/session");

            assertThat(client(SHORT).post(url, Map.of(), DOCUMENT)).isInstanceOf(Unanswered.class);
        }
    }

    @Test
    void aSlowAnswerIsLeftAtTheDeadlineAndTheSessionMayHaveArrived() {
        StandInServer store =
                store(STORE, ClientCertificate.REQUIRED, new Reply.Late(Duration.ofSeconds(30), Reply.status(201)));

        assertThat(post(client(SHORT), store)).isEqualTo(new Unanswered(true, "timeout"));
        assertThat(store.requests()).isOne();
    }

    @Test
    void anAnswerThatDripsIsLeftAtTheDeadline() {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, new Reply.Drip(201, Duration.ofMillis(50)));

        assertThat(post(client(SHORT), store)).isEqualTo(new Unanswered(true, "timeout"));
    }

    @Test
    void aConnectionClosedWithoutAnAnswerMayHaveDelivered() {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, new Reply.Closed());

        assertThat(post(client(PATIENT), store)).isEqualTo(new Unanswered(true, "reset"));
        assertThat(store.requests()).as("nothing is repeated").isOne();
    }

    @Test
    void anAnswerCutInHalfIsNoAnswer() {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, new Reply.Half(201));

        assertThat(post(client(PATIENT), store)).isEqualTo(new Unanswered(true, "reset"));
    }

    @Test
    void aHugeAnswerIsNotRead() {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, new Reply.Flood(201, 1L << 40));

        assertThat(post(client(PATIENT), store)).isEqualTo(new Unanswered(true, "oversized"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 abc Created\r\n\r\n",
                "HTTP/1.1 20 Created\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 99999999999 Created\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 -20 Created\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "\r\n\r\n\r\n\r\n",
                "garbage\r\n\r\n",
                "HTTP/9.9 201 Created\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "HTTP/1.1 201 Created\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 201 Created\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 201 Created\r\nContent-Length:\r\n\r\n",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nabc",
                "HTTP/1.1 201 Created\r\na b: c\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 201 Created\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 407 Proxy\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\nabcde"
            })
    void everyAnswerEndsTheExchangeInTimeAndWithAnOutcome(String answer) {
        StandInServer store = store(STORE, ClientCertificate.REQUIRED, new Reply.Raw(answer));

        assertThat(post(client(SHORT), store)).isNotEqualTo(new Answered(201));
        assertThat(store.requests()).as("nothing is repeated").isOne();
    }

    @Test
    void anAnswerAsLongAsAllowedIsRead() {
        StandInServer longest = store(STORE, ClientCertificate.REQUIRED, new Reply.Flood(201, Discarded.MAX_BYTES));
        StandInServer longer = store(STORE, ClientCertificate.REQUIRED, new Reply.Flood(201, Discarded.MAX_BYTES + 1L));
        PinnedClient client = client(PATIENT);

        assertThat(post(client, longest)).isEqualTo(new Answered(201));
        assertThat(post(client, longer)).isEqualTo(new Unanswered(true, "oversized"));
    }

    @Test
    void sixtyFourAtATimeShareTheirConnections() throws Exception {
        StandInServer store =
                store(STORE, ClientCertificate.REQUIRED, new Reply.Late(Duration.ofMillis(20), Reply.status(201)));
        PinnedClient client = client(PATIENT);
        Callable<Outcome> post = () -> post(client, store);
        List<Outcome> outcomes = new ArrayList<>();

        try (ExecutorService senders = Executors.newFixedThreadPool(64)) {
            for (int round = 0; round < 5; round++) {
                for (Future<Outcome> sent : senders.invokeAll(Collections.nCopies(64, post))) {
                    outcomes.add(sent.get());
                }
            }
        }

        assertThat(outcomes).hasSize(320).containsOnly(new Answered(201));
        assertThat(store.requests()).isEqualTo(320);
        assertThat(store.connections()).isLessThanOrEqualTo(64);
    }

    private PinnedClient client(Deadlines deadlines) {
        ClientKey own = ClientKey.read(
                OWN.writeKeyStore(folder.resolve("own.p12"), "a password"),
                TlsIdentity.writePassword(folder.resolve("own.password"), "a password"));
        return opened(PinnedClient.of(pins(), Optional.of(own), deadlines));
    }

    private PinnedKeys pins() {
        return PinnedKeys.read(STORE.writeCertificate(folder.resolve("store.pem")));
    }

    private StandInServer store(TlsIdentity identity, ClientCertificate asked, Reply reply) {
        return opened(StandInServer.tls(0, identity, asked, request -> reply));
    }

    private static Outcome post(PinnedClient client, StandInServer store) {
        return client.post(URI.create(store.url() + "/session"), Map.of("Content-Type", "text/x-test"), DOCUMENT);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
