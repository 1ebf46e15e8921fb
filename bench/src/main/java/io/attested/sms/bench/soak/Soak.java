package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.live.LiveChain;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One run: the stage is set, all play for some time, the decisions are checked. */
final class Soak {
    private static final int APPS = 10;
    private static final int DATASETS = 6;
    private static final int DEALS = 16;
    private static final int NODES = 3;
    private static final int DECIDERS = 3;
    private static final int MOST_PAUSE_MILLIS = 400;
    private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);
    private static final Duration MOST_WAIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Duration length;
    private final SplittableRandom random;
    private final InstantSource clock;
    private final Counts counts = new Counts();
    private final List<Thread> players = new ArrayList<>();

    Soak(Duration length, long seed, InstantSource clock) {
        this.length = length;
        this.random = new SplittableRandom(seed);
        this.clock = clock;
    }

    /** @throws TestbedFailure when the local chain cannot be had */
    SoakReport run() throws InterruptedException {
        try (LocalChain chain = LocalChain.anvil();
                Transcript transcript = Transcript.create()) {
            Poco poco = PocoDeployment.deploy(chain);
            Cast cast = new Cast(clock);
            Journal journal = new Journal(clock, Stage.DEPTH);
            DirectNode node = new DirectNode(chain.url());
            Truth truth = new Truth(node, Address.parse(poco.hub()));
            Scenario scenario = Scenario.on(chain, poco);
            Acts acts = new Acts(scenario, cast, random.split(), scenario.createWorkerpool());
            acts.start(APPS, DATASETS, DEALS);
            ChainDriver driver =
                    new ChainDriver(chain, node, truth, cast, journal, acts, random.split(), counts, clock);
            driver.begin();
            HeapUse heap = play(new Scene(chain, poco, driver, cast, journal, transcript));
            return checked(transcript, new Checker(truth, counts), heap);
        }
    }

    private record Scene(
            LocalChain chain, Poco poco, ChainDriver driver, Cast cast, Journal journal, Transcript transcript) {}

    private record HeapUse(long early, long late) {}

    private SoakReport checked(Transcript transcript, Checker checker, HeapUse heap) {
        transcript.read(checker::check);
        SoakReport report = new SoakReport(length, counts, checker.checked(), heap.early(), heap.late());
        if (report.passed()) {
            transcript.delete();
        }
        return report;
    }

    private HeapUse play(Scene scene) throws InterruptedException {
        List<ScriptedNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(ScriptedNode.before(scene.chain().url()));
        }
        try (LiveChain view = Stage.open(nodes, scene.poco(), counts, clock)) {
            start("soak-driver", scene.driver()::run);
            awaitFollowing(view);
            start("soak-trouble", new Trouble(nodes, scene.journal(), random.split(), counts)::run);
            for (int i = 0; i < DECIDERS; i++) {
                start("soak-decider-" + i, decider(view, scene)::run);
            }
            long end = System.nanoTime() + length.toNanos();
            Thread.sleep(early());
            long first = Heap.used();
            Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            return new HeapUse(first, Heap.used());
        } finally {
            stop();
            nodes.forEach(ScriptedNode::close);
        }
    }

    private Decider decider(LiveChain view, Scene scene) {
        HeadCheck heads = new HeadCheck(scene.journal(), MOST_WAIT, Stage.SILENCE.plus(Duration.ofSeconds(2)), counts);
        return new Decider(
                view,
                scene.cast(),
                scene.journal(),
                heads,
                scene.transcript(),
                counts,
                clock,
                random.split(),
                MOST_PAUSE_MILLIS);
    }

    private Duration early() {
        Duration quarter = length.dividedBy(4);
        return quarter.compareTo(FIRST_MINUTE) < 0 ? quarter : FIRST_MINUTE;
    }

    private static void awaitFollowing(LiveChain view) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!(view.standing() instanceof Standing.Following)) {
            if (System.nanoTime() > deadline) {
                throw new TestbedFailure("the chain is not followed after " + PATIENCE + ": " + view.standing());
            }
            Thread.sleep(50);
        }
    }

    private void start(String name, Runnable play) {
        players.add(Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                play.run();
            } catch (RuntimeException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    counts.contradiction(name + " ended early: " + e);
                }
            }
        }));
    }

    private void stop() throws InterruptedException {
        // The driver last: who decided just now waits for it to write the head down.
        for (Thread player : players.reversed()) {
            player.interrupt();
            player.join(PATIENCE);
        }
    }
}
