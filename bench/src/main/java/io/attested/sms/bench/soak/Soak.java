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
    private static final int NODES = 3;
    private static final int DECIDERS = 3;
    private static final int MOST_PAUSE_MILLIS = 400;
    private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);
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
            acts.start(10, 6, 16);
            ChainDriver driver =
                    new ChainDriver(chain, node, truth, cast, journal, acts, random.split(), counts, clock);
            driver.begin();
            long[] heap = play(chain, poco, driver, new Scene(cast, journal, transcript));
            Checker checker = new Checker(truth, counts);
            transcript.read(checker::check);
            SoakReport report = new SoakReport(length, counts, checker.checked(), heap[0], heap[1]);
            if (report.passed()) {
                transcript.delete();
            }
            return report;
        }
    }

    private record Scene(Cast cast, Journal journal, Transcript transcript) {}

    /** Heap in use early on, and at the end. */
    private long[] play(LocalChain chain, Poco poco, ChainDriver driver, Scene scene) throws InterruptedException {
        List<ScriptedNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(ScriptedNode.before(chain.url()));
        }
        try (LiveChain view = Stage.open(nodes, poco, counts, clock)) {
            start("soak-driver", driver::run);
            awaitFollowing(view);
            start("soak-trouble", new Trouble(nodes, scene.journal(), random.split(), counts)::run);
            HeadCheck heads = new HeadCheck(
                    scene.journal(), Stage.SILENCE.plus(Duration.ofSeconds(2)), counts);
            for (int i = 0; i < DECIDERS; i++) {
                start(
                        "soak-decider-" + i,
                        new Decider(
                                        view,
                                        scene.cast(),
                                        scene.journal(),
                                        heads,
                                        scene.transcript(),
                                        counts,
                                        clock,
                                        random.split(),
                                        MOST_PAUSE_MILLIS)
                                ::run);
            }
            long end = System.nanoTime() + length.toNanos();
            Thread.sleep(early());
            long first = Heap.used();
            Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            long last = Heap.used();
            return new long[] {first, last};
        } finally {
            stop();
            nodes.forEach(ScriptedNode::close);
        }
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
