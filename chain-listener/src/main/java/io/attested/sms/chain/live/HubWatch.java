package io.attested.sms.chain.live;

import io.attested.sms.chain.checked.Checked;
import io.attested.sms.chain.checked.CheckedChain;
import io.attested.sms.chain.follow.FollowedFacts;
import io.attested.sms.chain.lens.HubAtBlock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the hub itself now and then: its owner can replace the registries without an event ({@code changeRegistries}),
 * so no filter tells that a remembered asset is none of the hub's any more.
 */
final class HubWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubWatch.class);

    private final CheckedChain checked;
    private final FollowedFacts facts;
    private final Duration interval;
    private final Thread thread;
    private HubAtBlock.Registries known;

    private HubWatch(CheckedChain checked, FollowedFacts facts, Duration interval) {
        this.checked = checked;
        this.facts = facts;
        this.interval = interval;
        this.known = checked.hub().registries();
        this.thread = Thread.ofVirtual().name("chain-hub").unstarted(this::run);
    }

    static HubWatch start(CheckedChain checked, FollowedFacts facts, Duration interval) {
        HubWatch watch = new HubWatch(checked, facts, interval);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets everything when the registries are others than before; what is read anew shows whether it still counts. */
    synchronized void check() {
        if (checked.hubNow() instanceof Checked.Read<HubAtBlock> read
                && read.value() instanceof HubAtBlock.Poco poco
                && !poco.registries().equals(known)) {
            LOG.error("chain_registries_replaced block={}", poco.block().number());
            known = poco.registries();
            facts.forgetFacts();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
