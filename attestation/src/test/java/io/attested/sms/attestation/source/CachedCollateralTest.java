package io.attested.sms.attestation.source;

import static io.attested.sms.attestation.source.SourceScene.KEY;
import static io.attested.sms.attestation.source.SourceScene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.pki.PckAuthority;
import io.attested.sms.attestation.simulated.PccsStandIn.Behaviour;
import io.attested.sms.attestation.source.CollateralAnswer.Found;
import io.attested.sms.attestation.source.CollateralAnswer.Reason;
import io.attested.sms.attestation.source.CollateralAnswer.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class CachedCollateralTest {
    private static final int REQUESTS_OF_ONE_FETCH = 4;

    private final SourceScene scene = new SourceScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private static Collateral found(CollateralAnswer answer) {
        assertThat(answer).isInstanceOf(Found.class);
        return ((Found) answer).checked().collateral();
    }

    private static Reason unavailable(CollateralAnswer answer) {
        assertThat(answer).isInstanceOf(Unavailable.class);
        return ((Unavailable) answer).reason();
    }

    @Test
    void fetchesOnceAndServesWhatVerifiesAQuote() {
        CachedCollateral cache = scene.cache();
        Collateral collateral = found(cache.get(KEY));
        assertThat(collateral).isEqualTo(scene.intel.collateral());
        assertThat(scene.verifier.verify(scene.quote(), collateral, NOW)).isInstanceOf(Verdict.Verified.class);
        assertThat(found(cache.get(KEY))).isEqualTo(collateral);
        assertThat(scene.pccs.requests()).hasSize(REQUESTS_OF_ONE_FETCH);
        assertThat(scene.events).containsExactly("fetched");
    }

    @Test
    void listsInDerAreReadToo() {
        scene.pccs.behave(Behaviour.DER_LISTS);
        assertThat(found(scene.cache().get(KEY))).isEqualTo(scene.intel.collateral());
    }

    @Test
    void hundredThreadsCauseOneFetch() throws Exception {
        scene.pccs.behave(Behaviour.LATE);
        CachedCollateral cache = scene.cache();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<CollateralAnswer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return cache.get(KEY);
                }));
            }
            go.countDown();
            for (Future<CollateralAnswer> answer : answers) {
                found(answer.get());
            }
        }
        assertThat(scene.pccs.requests()).hasSize(REQUESTS_OF_ONE_FETCH);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "HUGE", "HUGE_HEADER", "REDIRECTING", "ALTERED", "RESERIALISED", "NO_CHAINS"})
    void misbehavingSourceGivesNothingAndReplacesNothing(Behaviour how) {
        CachedCollateral cold = scene.cache();
        CachedCollateral warm = scene.cache();
        Collateral good = found(warm.get(KEY));
        scene.publish(scene.laterCollateral(Duration.ofDays(20)));
        scene.clock.pass(Duration.ofDays(20));
        scene.pccs.behave(how);
        unavailable(cold.get(KEY));
        assertThat(found(warm.get(KEY))).isEqualTo(good);
        eventually(() -> assertThat(scene.events.stream().filter(e -> e.startsWith("failed")))
                .hasSize(2));
        assertThat(warm.held()).extracting(CheckedCollateral::collateral).containsExactly(good);
        assertThat(scene.pccs.requests()).noneMatch(path -> path.startsWith("/moved"));
    }

    @Test
    void slowSourceIsNotWaitedForBeyondItsTimeout() {
        scene.timeout = Duration.ofMillis(300);
        scene.pccs.behave(Behaviour.DRIPPING);
        assertThat(unavailable(scene.cache().get(KEY))).isEqualTo(Reason.UNREACHABLE);
        scene.pccs.behave(Behaviour.LATE);
        assertThat(unavailable(scene.cache().get(KEY))).isEqualTo(Reason.UNREACHABLE);
    }

    private List<Collateral> wrongAnswers() {
        return List.of(
                scene.collateralOf("00C0DE000002"),
                scene.intel.processorCollateralDraft().sign(),
                scene.intel
                        .collateralDraft()
                        .pckCrl(list -> list.signedBy(scene.intel.key("stranger")))
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .rootCrl(list -> list.signedBy(scene.intel.key("stranger")))
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .pckCrl(list -> list.valid(NOW.minusSeconds(99), NOW.minusSeconds(1)))
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .rootCrl(list -> list.valid(NOW.plusSeconds(9), NOW.plusSeconds(99)))
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .tcbSigner(scene.intel.platformAuthority())
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .qeIdentity(json -> json.replace("\"id\":\"QE\"", "\"id\":\"TD_QE\""))
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .tcbInfo(json -> json.replace("\"id\":\"SGX\"", "\"id\":\"SEV\""))
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .rootCrl(list -> list.revoking(scene.intel.tcbSigner().serial()))
                        .sign(),
                scene.intel
                        .collateralDraft()
                        .rootCrl(list ->
                                list.revoking(scene.intel.platformAuthority().serial()))
                        .sign());
    }

    @Test
    void wrongAnswersNeverEnterTheCache() {
        for (Collateral wrong : wrongAnswers()) {
            scene.publish(wrong);
            CachedCollateral cache = scene.cache();
            assertThat(unavailable(cache.get(KEY))).isEqualTo(Reason.WRONG_ANSWER);
            assertThat(cache.held()).isEmpty();
        }
    }

    @Test
    void unknownPlatformIsToldFromAnOutage() {
        CollateralKey other = new CollateralKey(KEY.tee(), KEY.fmspc(), PckAuthority.PROCESSOR);
        assertThat(unavailable(scene.cache().get(other))).isEqualTo(Reason.UNKNOWN_PLATFORM);
    }

    @Test
    void fromHalfLifeOnNewerCollateralIsFetchedWhileThePresentIsServed() {
        CachedCollateral cache = scene.cache();
        Collateral present = found(cache.get(KEY));
        Collateral newer = scene.laterCollateral(Duration.ofDays(14));
        scene.publish(newer);
        scene.clock.pass(Duration.ofDays(14));
        assertThat(found(cache.get(KEY))).isEqualTo(present);
        assertThat(scene.pccs.requests()).hasSize(REQUESTS_OF_ONE_FETCH);
        scene.clock.pass(Duration.ofDays(2));
        assertThat(found(cache.get(KEY))).isEqualTo(present);
        eventually(() -> assertThat(found(cache.get(KEY))).isEqualTo(newer));
    }

    @Test
    void refreshWithNothingNewerIsNotRepeatedForAnHour() {
        CachedCollateral cache = scene.cache();
        cache.get(KEY);
        scene.clock.pass(Duration.ofDays(20));
        cache.refreshDue();
        // The hour begins when the answer is judged, so the clock waits for that and not for the last request.
        eventually(() -> assertThat(scene.events).contains("nothing newer"));
        assertThat(scene.pccs.requests()).hasSize(2 * REQUESTS_OF_ONE_FETCH);
        scene.clock.pass(Duration.ofMinutes(50));
        cache.refreshDue();
        cache.get(KEY);
        scene.clock.pass(Duration.ofMinutes(11));
        cache.refreshDue();
        eventually(() -> assertThat(scene.pccs.requests()).hasSize(3 * REQUESTS_OF_ONE_FETCH));
    }

    @Test
    void olderAnswerDoesNotReplaceANewerOne() {
        CachedCollateral cache = scene.cache();
        Collateral newer = scene.laterCollateral(Duration.ofDays(-1).plusHours(23));
        scene.publish(newer);
        assertThat(found(cache.get(KEY))).isEqualTo(newer);
        assertThat(cache.take(scene.laterCollateral(Duration.ofHours(-2)))).isInstanceOf(CollateralVerdict.Good.class);
        assertThat(found(cache.get(KEY))).isEqualTo(newer);
    }

    @Test
    void pastNextUpdateNothingIsServedWithoutAGrace() {
        CachedCollateral cache = scene.cache();
        cache.get(KEY);
        scene.pccs.behave(Behaviour.DOWN);
        scene.clock.pass(Duration.ofDays(30).plusSeconds(1));
        assertThat(unavailable(cache.get(KEY))).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void withinTheGraceStaleCollateralIsServedAndSaysSo() {
        scene.grace = Duration.ofDays(2);
        CachedCollateral cache = scene.cache();
        cache.get(KEY);
        scene.pccs.behave(Behaviour.DOWN);
        scene.clock.pass(Duration.ofDays(31));
        assertThat(cache.get(KEY))
                .asInstanceOf(InstanceOfAssertFactories.type(Found.class))
                .matches(Found::stale);
        scene.clock.pass(Duration.ofDays(1).plusSeconds(1));
        unavailable(cache.get(KEY));
    }

    @Test
    void warmCacheAndClockPastNextUpdateRefuseTheSameEvidence() {
        CachedCollateral cache = scene.cache();
        Collateral collateral = found(cache.get(KEY));
        byte[] quote = scene.quote();
        assertThat(scene.verifier.verify(quote, collateral, scene.clock.instant()))
                .isInstanceOf(Verdict.Verified.class);
        scene.clock.pass(Duration.ofDays(30).plusSeconds(1));
        assertThat(scene.verifier.verify(quote, collateral, scene.clock.instant()))
                .isInstanceOf(Verdict.Rejected.class);
        // The source still has what ran out: it is checked, found expired and not taken.
        assertThat(unavailable(cache.get(KEY))).isEqualTo(Reason.WRONG_ANSWER);
    }

    @Test
    void circuitOpensAfterFailuresLeavesTheSourceAloneAndClosesAgain() {
        CachedCollateral cache = scene.cache();
        scene.pccs.behave(Behaviour.DOWN);
        for (int i = 0; i < 5; i++) {
            assertThat(unavailable(cache.get(KEY))).isEqualTo(Reason.UNREACHABLE);
            scene.clock.pass(Duration.ofSeconds(31));
        }
        assertThat(cache.circuitOpen()).isTrue();
        scene.clock.pass(Duration.ofSeconds(-5));
        int before = scene.pccs.requests().size();
        assertThat(unavailable(cache.get(new CollateralKey(KEY.tee(), KEY.fmspc(), PckAuthority.PROCESSOR))))
                .isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(scene.pccs.requests()).hasSize(before);
        scene.clock.pass(Duration.ofMinutes(1));
        scene.pccs.behave(Behaviour.NORMAL);
        found(cache.get(KEY));
        assertThat(cache.circuitOpen()).isFalse();
    }

    @Test
    void failureIsNotRepeatedForTheSamePlatformAtOnce() {
        CachedCollateral cache = scene.cache();
        scene.pccs.behave(Behaviour.DOWN);
        unavailable(cache.get(KEY));
        int after = scene.pccs.requests().size();
        assertThat(after).isEqualTo(3);
        assertThat(scene.pauses)
                .hasSize(2)
                .allSatisfy(pause -> assertThat(pause).isPositive());
        assertThat(scene.pauses.get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
        unavailable(cache.get(KEY));
        assertThat(scene.pccs.requests()).hasSize(after);
    }

    @Test
    void restartServesFromDiskWithoutAsking(@TempDir Path dir) throws IOException {
        Path folder = dir.resolve("collateral");
        Collateral fetched = found(scene.cache(Optional.of(folder)).get(KEY));
        int asked = scene.pccs.requests().size();
        scene.pccs.behave(Behaviour.DOWN);
        assertThat(found(scene.cache(Optional.of(folder)).get(KEY))).isEqualTo(fetched);
        assertThat(scene.pccs.requests()).hasSize(asked);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(folder.resolve(KEY + ".json")).hasBinaryContent(fetched.toJson());
    }

    @Test
    void damagedForeignAndRenamedFilesAreIgnoredAndReported(@TempDir Path dir) throws IOException {
        Path folder = dir.resolve("collateral");
        scene.cache(Optional.of(folder)).get(KEY);
        Path file = folder.resolve(KEY + ".json");
        String json = Files.readString(file);
        Files.writeString(folder.resolve("sgx-00c0de000009-platform.json"), json);
        Files.writeString(file, json.replace("OutOfDate", "UpToDate"));
        scene.events.clear();
        assertThat(scene.cache(Optional.of(folder)).held()).isEmpty();
        assertThat(scene.events).hasSize(2).allMatch(event -> event.startsWith("ignored sgx-"));
        Files.writeString(file, json.substring(0, json.length() / 2));
        assertThat(scene.cache(Optional.of(folder)).held()).isEmpty();
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("sgx-00c0de000009-platform.json"));
        assertThat(scene.cache(Optional.of(folder)).held()).isEmpty();
    }

    @Test
    void expiredFilesAreNotServed(@TempDir Path dir) {
        Path folder = dir.resolve("collateral");
        scene.cache(Optional.of(folder)).get(KEY);
        scene.clock.pass(Duration.ofDays(31));
        assertThat(scene.cache(Optional.of(folder)).held()).isEmpty();
    }

    @Test
    void bundleOfOneCacheFillsAnotherThatHasNoSource() {
        CachedCollateral online = scene.cache();
        online.get(KEY);
        byte[] bundle = CollateralBundle.export(online.held());
        CachedCollateral offline = scene.cache(Optional.empty(), Optional.empty());
        assertThat(unavailable(offline.get(KEY))).isEqualTo(Reason.NO_SOURCE);
        assertThat(CollateralBundle.importInto(offline, bundle))
                .isEqualTo(new CollateralBundle.Import.Imported(List.of(KEY)));
        assertThat(found(offline.get(KEY))).isEqualTo(scene.intel.collateral());
        byte[] single = scene.intel.collateral().toJson();
        assertThat(CollateralBundle.importInto(scene.cache(), single))
                .isInstanceOf(CollateralBundle.Import.Imported.class);
    }

    @Test
    void bundleWithWrongContentIsRefused() {
        CachedCollateral cache = scene.cache(Optional.empty(), Optional.empty());
        for (Collateral wrong : wrongAnswers().subList(2, wrongAnswers().size())) {
            assertThat(CollateralBundle.importInto(cache, wrong.toJson()))
                    .isInstanceOf(CollateralBundle.Import.Refused.class);
        }
        for (String text : List.of("", "[]", "{}", "[1]", "[{}", "{\"a\":1,\"a\":2}", "[[[[[[[[]]]]]]]]")) {
            assertThat(CollateralBundle.importInto(cache, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(CollateralBundle.Import.Refused.class);
        }
        assertThat(cache.held()).isEmpty();
    }

    @Test
    void checksJudgeAtTheInstantGiven() {
        assertThat(scene.checks.check(KEY, scene.intel.collateral(), JudgedAt.exactly(NOW)))
                .isInstanceOf(CollateralVerdict.Good.class);
        assertThat(scene.checks.check(KEY, scene.intel.collateral(), JudgedAt.exactly(NOW.minus(Duration.ofDays(2)))))
                .isInstanceOf(CollateralVerdict.Wrong.class);
    }

    private static void eventually(Runnable assertion) {
        for (int i = 0; ; i++) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (i == 200) {
                    throw notYet;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        }
    }
}
