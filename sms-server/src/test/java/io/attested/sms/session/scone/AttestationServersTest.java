package io.attested.sms.session.scone;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.standin.Reply;
import io.attested.sms.standin.StandInServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The choice of an attestation server, iExec contract section 4.4. */
class AttestationServersTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(http));

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void theServerThatAnswersIsNamedAsConfigured() {
        StandInServer alive = server(Reply.text(200, "application/json", "{}"));
        StandInServer broken = server(Reply.status(500));
        StandInServer moved = server(Reply.redirect(302, alive.url().toString()));
        StandInServer closing = server(new Reply.Closed());
        StandInServer slow = server(new Reply.Late(Duration.ofSeconds(30), Reply.status(200)));

        assertThat(among(broken.url(), moved.url(), closing.url(), slow.url(), alive.url())
                        .get())
                .contains(alive.url().toString());
        assertThat(alive.received().getFirst().target()).isEqualTo("/.well-known/openid-configuration");
    }

    @Test
    void aSlashAtTheEndIsNotDoubled() {
        StandInServer alive = server(Reply.status(200));
        URI url = URI.create(alive.url() + "/shared/");

        assertThat(among(url).get()).contains(url.toString());
        assertThat(alive.received().getFirst().target()).isEqualTo("/shared/.well-known/openid-configuration");
    }

    @Test
    void withoutAServerOrWithoutAnAnswerThereIsNone() {
        StandInServer broken = server(Reply.status(503));

        assertThat(among().get()).isEmpty();
        assertThat(among(broken.url()).get()).isEmpty();
    }

    @Test
    void silentServersCostOneDeadlineTogether() {
        URI[] silent = new URI[6];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = server(new Reply.Late(Duration.ofSeconds(30), Reply.status(200)))
                    .url();
        }
        long begin = System.nanoTime();

        assertThat(among(Duration.ofSeconds(2), silent).get()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("one after the other they would cost twelve seconds")
                .isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void anAnswerIsRememberedForAMinute() {
        StandInServer alive = server(Reply.status(200));
        AttestationServers servers = among(alive.url());

        for (int second = 0; second < 60; second++) {
            assertThat(servers.get()).isPresent();
            pass(Duration.ofSeconds(1));
        }
        assertThat(alive.requests()).isOne();
        assertThat(servers.get()).isPresent();
        assertThat(alive.requests()).isEqualTo(2);
    }

    @Test
    void silenceIsRememberedForTenSeconds() {
        AtomicBoolean working = new AtomicBoolean();
        StandInServer server = opened(StandInServer.plain(0, request -> Reply.status(working.get() ? 200 : 503)));
        AttestationServers servers = among(server.url());

        assertThat(servers.get()).isEmpty();
        working.set(true);
        pass(Duration.ofSeconds(9));
        assertThat(servers.get()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(servers.get()).isEqualTo(Optional.of(server.url().toString()));
    }

    @Test
    void allServersGetTheirTurn() {
        List<StandInServer> alive =
                List.of(server(Reply.status(200)), server(Reply.status(200)), server(Reply.status(200)));
        AttestationServers servers =
                among(alive.stream().map(StandInServer::url).toArray(URI[]::new));

        for (int minute = 0; minute < 40; minute++) {
            assertThat(servers.get()).isPresent();
            pass(Duration.ofMinutes(1));
        }
        assertThat(alive).allSatisfy(server -> assertThat(server.requests()).isPositive());
    }

    private AttestationServers among(URI... urls) {
        return among(Duration.ofSeconds(20), urls);
    }

    private AttestationServers among(Duration deadline, URI... urls) {
        return new AttestationServers(List.of(urls), http, deadline, now::get, new Random(3));
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private StandInServer server(Reply reply) {
        return opened(StandInServer.plain(0, request -> reply));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
