package io.attested.sms.release;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.operate.store.TestStore;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain whose facts a test sets, and which can go down. */
public final class FakeChain implements ChainView {
    private static final BlockRef BLOCK = new BlockRef(100, TestStore.bytes32(100), Instant.EPOCH);
    private static final Provenance PROVENANCE = Provenance.ofOneNode(new SettlementRule.Depth(0), BLOCK, BLOCK);

    private final Map<Bytes32, TaskLookup> tasks = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private volatile boolean down;

    public void knows(TaskFacts facts) {
        tasks.put(facts.task().id(), new TaskLookup.Found(facts));
    }

    public void answers(Bytes32 task, TaskLookup lookup) {
        tasks.put(task, lookup);
    }

    public void goDown() {
        down = true;
    }

    public int lookups() {
        return lookups.get();
    }

    @Override
    public TaskLookup task(Bytes32 taskId) {
        lookups.incrementAndGet();
        if (down) {
            return new TaskLookup.Unavailable(new ChainFailure(ChainFailure.Kind.UNREACHABLE, "down"));
        }
        return tasks.getOrDefault(taskId, new TaskLookup.Unknown(BLOCK));
    }

    @Override
    public TaskLookup taskAtHead(Bytes32 taskId) {
        return task(taskId);
    }

    @Override
    public OwnerLookup owner(Address asset) {
        return new OwnerLookup.NoOwner(PROVENANCE);
    }

    @Override
    public WalletLookup walletApproves(Address wallet, Bytes32 hash, byte[] signature) {
        return new WalletLookup.NoContract(PROVENANCE);
    }

    @Override
    public WalletLookup walletApprovesAtHead(Address wallet, Bytes32 hash, byte[] signature) {
        return new WalletLookup.NoContract(PROVENANCE);
    }

    @Override
    public ChainState state() {
        return new ChainState.Ready(BLOCK, BLOCK);
    }
}
