package io.attested.sms.attestation.source;

import static io.attested.sms.attestation.source.SourceScene.KEY;
import static io.attested.sms.attestation.source.SourceScene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.pki.PckAuthority;
import io.attested.sms.attestation.simulated.CollateralDraft;
import io.attested.sms.attestation.simulated.CrlTerms;
import io.attested.sms.attestation.simulated.PccsStandIn.Behaviour;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.attestation.source.CollateralAnswer.Found;
import io.attested.sms.attestation.source.CollateralAnswer.Reason;
import io.attested.sms.attestation.source.CollateralAnswer.Unavailable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source, or who stands before it, answers with what Intel signed but not with what it should. */
@Timeout(300)
class HostileSourceTest {
    private static final String DATES = "\"issueDate\":\"[^,]*,\"nextUpdate\":\"[^\"]*\"";

    private final SourceScene scene = new SourceScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RejectionReason wrong(Collateral collateral) {
        CollateralVerdict verdict = scene.checks.check(collateral, JudgedAt.exactly(NOW));
        assertThat(verdict).isInstanceOf(CollateralVerdict.Wrong.class);
        return ((CollateralVerdict.Wrong) verdict).rejection().reason();
    }

    private static String level(SimulatedTcb tcb, String status) {
        StringBuilder level = new StringBuilder("{\"tcb\":{");
        for (int i = 0; i < 16; i++) {
            String number = i < 9 ? "0" + (i + 1) : Integer.toString(i + 1);
            level.append("\"sgxtcbcomp").append(number).append("svn\":");
            level.append(tcb.components().unsigned(i)).append(',');
        }
        return level.append("\"pcesvn\":")
                .append(tcb.pceSvn())
                .append("},\"tcbDate\":\"2025-08-13T00:00:00Z\",\"tcbStatus\":\"")
                .append(status)
                .append("\"}")
                .toString();
    }

    @Test
    void tcbInfoOfVersion2IsRefusedBecauseItNamesNoAdvisories() {
        Collateral second = scene.intel
                .collateralDraft()
                .tcbInfo(json -> json.replace("\"id\":\"SGX\",", "")
                                .replace("\"version\":3", "\"version\":2")
                                .replaceFirst("\"tcbLevels\":.*", "")
                        + "\"tcbLevels\":[" + level(SimulatedTcb.UP_TO_DATE, "UpToDate") + "]}")
                .sign();
        // Intel's own verifier knows it, and so does ours: it is genuine.
        assertThat(scene.verifier.verify(scene.quote(), second, NOW)).isInstanceOf(Verdict.Verified.class);
        assertThat(wrong(second)).isEqualTo(RejectionReason.TCB_INFO_MISMATCH);
        scene.publish(second);
        assertThat(scene.cache().get(KEY)).isInstanceOf(Unavailable.class);
    }

    @Test
    void tcbInfoAndQeIdentityAreOfOneEvaluation() {
        assertThat(wrong(scene.intel
                        .collateralDraft()
                        .qeIdentity(json -> json.replace("DataNumber\":20", "DataNumber\":19"))
                        .sign()))
                .isEqualTo(RejectionReason.QE_IDENTITY_MISMATCH);
        assertThat(wrong(scene.intel
                        .collateralDraft()
                        .tcbInfo(json -> json.replace("DataNumber\":20", "DataNumber\":19"))
                        .sign()))
                .isEqualTo(RejectionReason.QE_IDENTITY_MISMATCH);
    }

    /** Of evaluation {@code number}, issued {@code at}, for thirty days. */
    private Collateral evaluation(int number, Instant at) {
        Instant next = at.plus(Duration.ofDays(30));
        String dates = "\"issueDate\":\"" + at + "\",\"nextUpdate\":\"" + next + "\"";
        CollateralDraft dated = scene.intel
                .collateralDraft()
                .tcbInfo(json -> json.replaceFirst(DATES, dates))
                .qeIdentity(json -> json.replaceFirst(DATES, dates))
                .rootCrl(list -> list.valid(at, next))
                .pckCrl(list -> list.valid(at, next));
        return number == 20
                ? dated.sign()
                : dated.tcbInfo(json -> json.replace("DataNumber\":20", "DataNumber\":" + number))
                        .qeIdentity(json -> json.replace("DataNumber\":20", "DataNumber\":" + number))
                        .sign();
    }

    @Test
    void earlierEvaluationIsNotTakenWhileTheLaterOneIsGood() {
        CachedCollateral cache = scene.cache();
        Collateral early = evaluation(21, NOW.minusSeconds(600));
        cache.take(early);
        cache.take(evaluation(20, NOW.minusSeconds(60)));
        assertThat(((Found) cache.get(KEY)).checked().evaluationDataNumber()).isEqualTo(21);
    }

    @Test
    void evaluationThatRanOutShutsNobodyOut() {
        CachedCollateral cache = scene.cache();
        cache.take(evaluation(21, NOW.minusSeconds(600)));
        scene.clock.pass(Duration.ofDays(31));
        scene.publish(evaluation(20, scene.clock.instant().minusSeconds(60)));
        assertThat(cache.get(KEY))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.checked().evaluationDataNumber())
                                .isEqualTo(20));
    }

    @Test
    void longRevocationListIsKeptAndStandsInABundle(@TempDir Path dir) {
        Collateral collateral = scene.intel
                .collateralDraft()
                .pckCrl(list -> revoking(list, 4000))
                .sign();
        assertThat(collateral.pckCrl().length()).isGreaterThan(100 * 1024);
        scene.publish(collateral);
        Path folder = dir.resolve("collateral");
        CachedCollateral cache = scene.cache(Optional.of(folder));
        assertThat(cache.get(KEY)).isInstanceOf(Found.class);
        assertThat(scene.cache(Optional.of(folder)).held()).hasSize(1);
        CachedCollateral offline = scene.cache(Optional.empty(), Optional.empty());
        assertThat(CollateralBundle.importInto(offline, CollateralBundle.export(cache.held())))
                .isInstanceOf(CollateralBundle.Import.Imported.class);
        assertThat(Collateral.parse(collateral.toJson())).isEqualTo(new CollateralParsing.Parsed(collateral));
    }

    private static CrlTerms revoking(CrlTerms list, int number) {
        List<BigInteger> serials = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            serials.add(BigInteger.ONE.shiftLeft(150).add(BigInteger.valueOf(i)));
        }
        return new CrlTerms(
                list.issuer(), list.signingKey(), list.thisUpdate(), list.nextUpdate(), List.copyOf(serials), true);
    }

    @Test
    void collateralThatCouldNotBeReadBackIsRefused() {
        assertThat(wrong(scene.intel
                        .collateralDraft()
                        .tcbInfo(json ->
                                json.replace("\"version\":3", "\"note\":\"" + "x".repeat(66_000) + "\",\"version\":3"))
                        .sign()))
                .isEqualTo(RejectionReason.COLLATERAL_MALFORMED);
    }

    @Test
    void wrongAnswersForOnePlatformLeaveTheSourceToTheOthers() {
        CollateralKey other = new CollateralKey(KEY.tee(), ByteString.ofHex("00c0de000002"), PckAuthority.PLATFORM);
        scene.pccs.publish(
                "sgx",
                "00c0de000002",
                "platform",
                scene.intel
                        .collateralDraft()
                        .rootCrl(list -> list.signedBy(scene.intel.key("stranger")))
                        .sign());
        CachedCollateral cache = scene.cache();
        for (int i = 0; i < 8; i++) {
            assertThat(cache.get(other))
                    .isInstanceOfSatisfying(
                            Unavailable.class,
                            unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.WRONG_ANSWER));
            scene.clock.pass(Duration.ofSeconds(31));
        }
        assertThat(cache.circuitOpen()).isFalse();
        scene.publish(scene.intel.collateral());
        assertThat(cache.get(KEY)).isInstanceOf(Found.class);
    }

    private CachedCollateral cacheOn(Executor executor, CollateralPublisher publisher) throws IOException {
        return CachedCollateral.open(
                new CachedCollateral.Surroundings(
                        scene.checks,
                        Optional.of(publisher),
                        Optional.empty(),
                        scene.clock,
                        executor,
                        CollateralEvents.none()),
                new CachedCollateral.Terms(
                        Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(30), SourceScene.BOUND, 8));
    }

    @Test
    void executorThatRefusesCausesAnOutageAndNothingThatLasts() throws IOException {
        AtomicBoolean refusing = new AtomicBoolean(true);
        CachedCollateral cache = cacheOn(
                task -> {
                    if (refusing.get()) {
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                },
                scene.client());
        assertThat(cache.get(KEY)).isInstanceOf(Unavailable.class);
        refusing.set(false);
        scene.clock.pass(Duration.ofSeconds(31));
        assertThat(cache.get(KEY)).isInstanceOf(Found.class);
    }

    @Test
    void publisherThatThrowsCausesAnOutageAndNothingThatLasts() throws IOException {
        AtomicBoolean throwing = new AtomicBoolean(true);
        PcsClient client = scene.client();
        CachedCollateral cache = cacheOn(Runnable::run, (key, deadline) -> {
            if (throwing.get()) {
                throw new IllegalStateException("a fault");
            }
            return client.fetch(key, deadline);
        });
        assertThat(cache.get(KEY)).isInstanceOf(Unavailable.class);
        throwing.set(false);
        scene.clock.pass(Duration.ofSeconds(31));
        assertThat(cache.get(KEY)).isInstanceOf(Found.class);
    }

    @Test
    void soManyWaitAndTheNextIsToldAtOnce() throws Exception {
        scene.mostWaiting = 1;
        scene.pccs.behave(Behaviour.LATE);
        CachedCollateral cache = scene.cache();
        CompletableFuture<CollateralAnswer> first = CompletableFuture.supplyAsync(() -> cache.get(KEY));
        while (scene.pccs.requests().isEmpty()) {
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        assertThat(cache.get(KEY))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).isEqualTo(Reason.TOO_MANY_WAITING));
        assertThat(first.get()).isInstanceOf(Found.class);
        assertThat(cache.get(KEY)).isInstanceOf(Found.class);
    }

    @Test
    void pauseBeginsWhenTheAttemptEnds() throws IOException {
        AtomicBoolean asked = new AtomicBoolean();
        CachedCollateral cache = cacheOn(Runnable::run, (key, deadline) -> {
            asked.set(true);
            scene.clock.pass(Duration.ofSeconds(40));
            throw new FetchFailed(Reason.UNREACHABLE, "slow");
        });
        assertThat(cache.get(KEY)).isInstanceOf(Unavailable.class);
        asked.set(false);
        scene.clock.pass(Duration.ofSeconds(20));
        assertThat(cache.get(KEY)).isInstanceOf(Unavailable.class);
        assertThat(asked).isFalse();
    }

    @Test
    void answerWithNothingNewerIsTold() throws IOException {
        List<String> told = new ArrayList<>();
        CachedCollateral cache = scene.cache();
        cache.get(KEY);
        scene.clock.pass(Duration.ofDays(20));
        scene.events.clear();
        cache.refreshDue();
        for (int i = 0; i < 200 && scene.events.isEmpty(); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        told.addAll(scene.events);
        assertThat(told).containsExactly("nothing newer");
    }
}
