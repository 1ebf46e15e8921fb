package io.attested.sms.release;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrderFacts;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.operate.store.TestStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain whose facts a test sets, and which can go down. Nobody owns anything and no contract is anywhere at first. */
public final class FakeChain implements ChainView {
    private static final BlockRef BLOCK = new BlockRef(100, TestStore.bytes32(100), Instant.EPOCH);
    private static final Provenance PROVENANCE = Provenance.ofOneNode(new SettlementRule.Depth(0), BLOCK, BLOCK);
    private static final ChainFailure DOWN = new ChainFailure(ChainFailure.Kind.UNREACHABLE, "down");

    private final Map<Bytes32, TaskLookup> tasks = new ConcurrentHashMap<>();
    private final Map<Bytes32, TaskLookup> tasksAtHead = new ConcurrentHashMap<>();
    private final Map<Address, Address> owners = new ConcurrentHashMap<>();
    private final Map<Address, Contract> contracts = new ConcurrentHashMap<>();
    private final Map<Address, DatasetOrderFacts> orders = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger walletQuestions = new AtomicInteger();
    private volatile Optional<DealClaim> claimed = Optional.empty();
    private volatile boolean down;

    /** A contract wallet's answers. */
    public interface Contract {
        /** The answer at the settled block or the head. */
        WalletLookup answer(boolean settled, Bytes32 hash, byte[] signature);
    }

    /** A wallet that approves exactly one signature of one hash. */
    public static Contract approving(byte[] hash, byte[] signature) {
        return (settled, asked, given) -> asked.equals(Bytes32.of(hash)) && Arrays.equals(given, signature)
                ? new WalletLookup.Approves(PROVENANCE)
                : new WalletLookup.Refuses(PROVENANCE);
    }

    /** Where an answer comes from that was read so many blocks below the head. */
    public static Provenance provenance(int depth) {
        BlockRef settled = new BlockRef(BLOCK.number() - depth, TestStore.bytes32(100 - depth), Instant.EPOCH);
        return Provenance.ofOneNode(new SettlementRule.Depth(depth), settled, BLOCK);
    }

    public void owns(Address owner, Address asset) {
        owners.put(asset, owner);
    }

    public void contract(Address address, Contract contract) {
        contracts.put(address, contract);
    }

    /** How often any wallet was asked. */
    public int walletQuestions() {
        return walletQuestions.get();
    }

    /** What the last question for a task said of its deal. */
    public Optional<DealClaim> claimed() {
        return claimed;
    }

    public void knows(TaskFacts facts) {
        tasks.put(facts.task().id(), new TaskLookup.Found(facts));
    }

    public void answers(Bytes32 task, TaskLookup lookup) {
        tasks.put(task, lookup);
    }

    /** Another answer at the head than at the settled block. */
    public void answersAtHead(Bytes32 task, TaskLookup lookup) {
        tasksAtHead.put(task, lookup);
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
            return new TaskLookup.Unavailable(DOWN);
        }
        return tasks.getOrDefault(taskId, new TaskLookup.Unknown(BLOCK));
    }

    @Override
    public TaskLookup task(Bytes32 taskId, DealClaim claim) {
        claimed = Optional.of(claim);
        return task(taskId);
    }

    @Override
    public TaskLookup taskAtHead(Bytes32 taskId) {
        TaskLookup settled = task(taskId);
        return tasksAtHead.getOrDefault(taskId, settled);
    }

    @Override
    public OwnerLookup owner(Address asset) {
        if (down) {
            return new OwnerLookup.Unavailable(DOWN);
        }
        return Optional.ofNullable(owners.get(asset))
                .<OwnerLookup>map(owner -> new OwnerLookup.Owner(owner, PROVENANCE))
                .orElseGet(() -> new OwnerLookup.NoOwner(PROVENANCE));
    }

    @Override
    public WalletLookup walletApproves(Address wallet, Bytes32 hash, byte[] signature) {
        return answer(wallet, true, hash, signature);
    }

    @Override
    public WalletLookup walletApprovesAtHead(Address wallet, Bytes32 hash, byte[] signature) {
        return answer(wallet, false, hash, signature);
    }

    private WalletLookup answer(Address wallet, boolean settled, Bytes32 hash, byte[] signature) {
        walletQuestions.incrementAndGet();
        if (down) {
            return new WalletLookup.Unavailable(DOWN);
        }
        return Optional.ofNullable(contracts.get(wallet))
                .map(contract -> contract.answer(settled, hash, signature))
                .orElseGet(() -> new WalletLookup.NoContract(PROVENANCE));
    }

    /** What the chain says of an order for this dataset; of others it says that the hub knows no such dataset. */
    public void judges(Address dataset, DatasetOrderFacts facts) {
        orders.put(dataset, facts);
    }

    @Override
    public DatasetOrdersLookup datasetOrders(Bytes32 dealId, List<DatasetOrder> asked, Provenance at) {
        if (down) {
            return new DatasetOrdersLookup.Unavailable(DOWN);
        }
        DatasetOrderFacts unknown = new DatasetOrderFacts(Optional.empty(), false, false, Optional.empty());
        return new DatasetOrdersLookup.Judged(
                at,
                asked.stream()
                        .map(order -> orders.getOrDefault(order.dataset(), unknown))
                        .toList());
    }

    @Override
    public ChainState state() {
        return new ChainState.Ready(BLOCK, BLOCK);
    }
}
