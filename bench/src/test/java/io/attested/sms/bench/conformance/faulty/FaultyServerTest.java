package io.attested.sms.bench.conformance.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Run;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Service;
import io.attested.sms.bench.conformance.Verdict;
import io.attested.sms.bench.conformance.checks.Catalogue;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import io.attested.sms.bench.testbed.ServedScenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of some fifty faults fails a check; without one, none fails. */
class FaultyServerTest {
    private static final int POOL = 260;

    @TempDir
    private static Path folder;

    private static final AtomicReference<@Nullable Fault> FAULT = new AtomicReference<>();

    private static ServedScenario served;
    private static List<FaultyProxy> proxies = List.of();
    private static Scene scene;

    /** What the faults of a closed service failed, and what failed without one: it is closed only once. */
    private static final Map<Fault, List<String>> CLOSED = new EnumMap<>(Fault.class);

    private static List<String> closedWithoutAFault = List.of();

    @BeforeAll
    static void start() throws IOException {
        served = ServedScenario.start(
                folder,
                POOL,
                Map.of(
                        "sms.admin.out-of-service.enabled",
                        "true",
                        "sms.admin.out-of-service.initially-offline",
                        "true"));
        Map<URI, FaultyProxy> before = proxies(served.scenario());
        proxies = List.copyOf(before.values());
        ScenarioFile scenario = behind(served.scenario(), before);
        ScenarioFile.Admin admin = scenario.admin().orElseThrow();
        try (Scene closed = scene(scenario, Scene.Admin.of(admin, true))) {
            playClosed(closed);
        }
        scene = scene(scenario, Scene.Admin.of(admin, false));
    }

    private static Scene scene(ScenarioFile scenario, Scene.Admin admin) {
        URI url = Optional.ofNullable(scenario.listeners().get(Framework.SCONE)).orElseThrow();
        return new Scene(Service.at(url, Duration.ofSeconds(20)), Optional.of(scenario), admin, new SecureRandom());
    }

    /** The last check brings the service back. */
    private static void playClosed(Scene closed) {
        List<Check> all = Catalogue.all().stream()
                .filter(check -> check.need() == Need.OUT_OF_SERVICE)
                .toList();
        List<Check> keepItClosed = all.subList(0, all.size() - 1);
        for (Fault fault : Fault.values()) {
            if (keepItClosed.stream().map(Check::id).anyMatch(fault.isAbout())) {
                FAULT.set(fault);
                CLOSED.put(fault, failures(new Run(closed, played -> {}).play(keepItClosed)));
            }
        }
        FAULT.set(null);
        closedWithoutAFault = failures(new Run(closed, played -> {}).play(all));
    }

    @AfterAll
    static void stop() {
        scene.close();
        proxies.forEach(FaultyProxy::close);
        served.close();
    }

    @AfterEach
    void switchOff() {
        FAULT.set(null);
    }

    private static Map<URI, FaultyProxy> proxies(ScenarioFile scenario) {
        return java.util.stream.Stream.concat(
                        scenario.listeners().values().stream(), scenario.stores().values().stream())
                .collect(Collectors.toMap(url -> url, url -> FaultyProxy.before(url, FAULT)));
    }

    /** The same scenario with the proxies' addresses. */
    private static ScenarioFile behind(ScenarioFile scenario, Map<URI, FaultyProxy> proxies) {
        return new ScenarioFile(
                scenario.format(),
                scenario.chain(),
                moved(scenario.listeners(), proxies),
                scenario.publishers(),
                scenario.provisioningUrls(),
                moved(scenario.stores(), proxies),
                scenario.ipfs(),
                scenario.admin(),
                scenario.wallets(),
                scenario.pools(),
                scenario.pipelines(),
                scenario.tasks(),
                scenario.settings());
    }

    private static Map<Framework, URI> moved(Map<Framework, URI> urls, Map<URI, FaultyProxy> proxies) {
        return urls.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Optional.ofNullable(proxies.get(entry.getValue()))
                                .orElseThrow()
                                .url()));
    }

    private static List<Played> play(List<Check> checks) {
        return new Run(scene, played -> {}).play(checks);
    }

    private static List<String> failures(List<Played> played) {
        return played.stream()
                .filter(one -> one.verdict() instanceof Verdict.Failed)
                .map(one -> one.check().id() + ": " + one.verdict())
                .toList();
    }

    @Test
    void withoutAFaultNoCheckOfAClosedServiceFails() {
        assertThat(closedWithoutAFault).isEmpty();
        assertThat(CLOSED).isNotEmpty();
    }

    /** In any order: no check builds upon another. */
    @Test
    void withoutAFaultNoCheckFails() {
        List<Check> shuffled = new ArrayList<>(Catalogue.all());
        Collections.shuffle(shuffled, new Random());
        List<Played> played = play(shuffled);
        assertThat(failures(played)).isEmpty();
        assertThat(played.stream().filter(one -> one.verdict() instanceof Verdict.Passed))
                .hasSizeGreaterThan(250);
    }

    /** What answers, or does not, whatever it is asked. */
    private enum Dumb {
        FINE(Message.answer(200, "OK")
                .header("Content-Type", "application/json")
                .body("{}")),
        EMPTY(Message.answer(204, "No Content")),
        BAD(Message.answer(400, "Bad Request")),
        MISSING(Message.answer(404, "Not Found")),
        BROKEN(Message.answer(500, "Internal Server Error"));

        private final Message answer;

        Dumb(Message answer) {
            this.answer = answer;
        }
    }

    @Test
    void noCheckIsContentWithWhateverIsAnswered() {
        Set<String> always = ids(Catalogue.all());
        for (Dumb dumb : Dumb.values()) {
            try (DumbServer server = DumbServer.answering(dumb.answer);
                    Scene before = server.scene(served.scenario())) {
                List<Played> played = new Run(before, one -> {}).play(Catalogue.all());
                assertThat(played)
                        .as(dumb.toString())
                        .filteredOn(one -> one.verdict() instanceof Verdict.Failed)
                        .hasSizeGreaterThan(played.size() / 2);
                always.retainAll(kept(played));
            }
        }
        assertThat(always).isEmpty();
    }

    @Test
    void noCheckIsContentWithSilence() {
        try (DumbServer server = DumbServer.silent();
                Scene before = server.scene(served.scenario())) {
            assertThat(kept(new Run(before, one -> {}).play(Catalogue.all()))).isEmpty();
        }
    }

    private static Set<String> ids(List<Check> checks) {
        return checks.stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> kept(List<Played> played) {
        return played.stream()
                .filter(one -> one.verdict() instanceof Verdict.Passed || one.verdict() instanceof Verdict.Deviation)
                .map(one -> one.check().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void eachFaultFailsACheck(Fault fault) {
        List<Check> about = Catalogue.all().stream()
                .filter(check -> fault.isAbout().test(check.id()))
                .toList();
        FAULT.set(fault);
        List<String> failed = CLOSED.containsKey(fault) ? CLOSED.getOrDefault(fault, List.of()) : failures(play(about));
        assertThat(failed).as("checks about section " + fault.section()).isNotEmpty();
    }

    @Test
    void thereAreFortyFaultsAndMoreAndManyOfThemAreOfTee() {
        assertThat(Fault.values()).hasSizeGreaterThan(40);
        assertThat(Arrays.stream(Fault.values())
                        .filter(fault -> Catalogue.all().stream()
                                .anyMatch(check -> check.group().equals("tee")
                                        && fault.isAbout().test(check.id()))))
                .hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void everyGroupOfChecksHasAFault() {
        assertThat(Catalogue.all().stream().map(Check::group).distinct())
                .allSatisfy(group -> assertThat(Arrays.stream(Fault.values())
                                .filter(fault -> Catalogue.all().stream()
                                        .anyMatch(check -> check.group().equals(group)
                                                && fault.isAbout().test(check.id()))))
                        .isNotEmpty());
    }
}
