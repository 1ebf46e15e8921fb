package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Log;
import io.attested.sms.chain.rpc.LogFilter;
import io.attested.sms.chain.rpc.LogsBloom;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A chain with forks, its ledger after each block, and a node that may misbehave. One second between blocks. */
final class FakeChain implements Blocks, Logs {
    private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<Bytes32, Block> all = new HashMap<>();
    private final List<Block> canonical = new ArrayList<>();
    private int made;

    Duration spacing = Duration.ofSeconds(1);
    Predicate<Log> hidden = log -> false;
    boolean emptyBlooms;
    volatile boolean down;
    boolean logsDown;

    @Nullable
    BlockHeader frozen;

    long mostBlocksOfLogs = Long.MAX_VALUE;
    long prunedBelow;
    long tagDepth = 4;
    long headersFrom;
    final AtomicInteger questions = new AtomicInteger();
    final List<Long> ranges = new ArrayList<>();

    private record Block(BlockHeader header, List<Log> logs, Ledger ledger) {}

    FakeChain() {
        mine();
    }

    /** What happens in one block. */
    final class Script {
        private final Ledger ledger;
        private final List<Log> logs = new ArrayList<>();
        private final byte[] bloom = new byte[LogsBloom.LENGTH];

        private Script(Ledger ledger) {
            this.ledger = ledger;
        }

        Script initialize(String task) {
            return set(task, TaskStatus.ACTIVE, "TaskInitialize(bytes32,address)");
        }

        Script complete(String task) {
            return set(task, TaskStatus.COMPLETED, "TaskFinalize(bytes32,bytes)");
        }

        private Script set(String task, TaskStatus status, String event) {
            ledger.tasks().put(task, status);
            return log(Names.HUB, Names.word(event), Names.word(task));
        }

        Script terms(String deal, String terms) {
            ledger.terms().put(deal, terms);
            return this;
        }

        Script transfer(String asset, Address to) {
            Address from = ledger.owner(asset);
            ledger.owners().put(asset, to);
            return log(
                    asset.startsWith("app ") ? Names.APPS : Names.DATASETS,
                    Names.word("Transfer(address,address,uint256)"),
                    Names.topic(from),
                    Names.topic(to),
                    Names.topic(Names.address(asset)));
        }

        Script consume(String order, long amount) {
            ledger.consumed().put(order, BigInteger.valueOf(amount));
            return log(Names.HUB, Names.word("ClosedDatasetOrder(bytes32)"));
        }

        Script upgrade(String deal, String terms) {
            terms(deal, terms);
            return log(Names.HUB, Names.word("DiamondCut((address,uint8,bytes4[])[],address,bytes)"));
        }

        /** Events of other contracts, which only show in the filter. */
        Script noise(int entries) {
            for (int i = 0; i < entries; i++) {
                LogsBloom.Entry.of(Names.word("noise " + made + " " + i)).addTo(bloom);
            }
            return this;
        }

        Script log(Address address, Bytes32... topics) {
            logs.add(new Log(
                    address,
                    List.of(topics),
                    RegisteredBytes.of(new byte[0]),
                    0,
                    Bytes32.ZERO,
                    Bytes32.ZERO,
                    logs.size()));
            LogsBloom.Entry.of(address).addTo(bloom);
            for (Bytes32 topic : topics) {
                LogsBloom.Entry.of(topic).addTo(bloom);
            }
            return this;
        }
    }

    BlockHeader mine() {
        return mine(block -> {});
    }

    BlockHeader mine(Consumer<Script> events) {
        Optional<Block> parent = canonical.isEmpty() ? Optional.empty() : Optional.of(canonical.getLast());
        made++;
        Script script =
                new Script(parent.map(Block::ledger).orElse(Ledger.EMPTY).copy());
        events.accept(script);
        long number = canonical.size();
        Bytes32 hash = Names.word("block " + made);
        BlockHeader header = new BlockHeader(
                number,
                hash,
                parent.map(block -> block.header().hash()).orElse(Bytes32.ZERO),
                parent.map(block -> block.header().time().plus(spacing)).orElse(GENESIS),
                Bytes32.ZERO,
                Bytes32.ZERO,
                LogsBloom.of(emptyBlooms ? new byte[LogsBloom.LENGTH] : script.bloom));
        List<Log> logs = script.logs.stream()
                .map(log ->
                        new Log(log.address(), log.topics(), log.data(), number, hash, log.transaction(), log.index()))
                .toList();
        Block block = new Block(header, logs, script.ledger);
        canonical.add(block);
        all.put(hash, block);
        return header;
    }

    void mine(int blocks) {
        for (int i = 0; i < blocks; i++) {
            mine();
        }
    }

    /** Abandons so many blocks. */
    List<BlockHeader> rewind(int blocks) {
        List<Block> abandoned = canonical.subList(canonical.size() - blocks, canonical.size());
        List<BlockHeader> headers = abandoned.stream().map(Block::header).toList();
        abandoned.clear();
        return headers;
    }

    /** Abandoned blocks become canonical again, on top. */
    void restore(List<BlockHeader> abandoned) {
        abandoned.forEach(header ->
                canonical.add(Optional.ofNullable(all.get(header.hash())).orElseThrow()));
    }

    /** Replaces so many blocks by as many empty ones and one more. */
    void reorg(int blocks) {
        rewind(blocks);
        mine(blocks + 1);
    }

    BlockHeader top() {
        return canonical.getLast().header();
    }

    BlockHeader block(long number) {
        return canonical.get((int) number).header();
    }

    /** What a fresh reading gives, at a block that must be canonical, as a node pinned by hash demands. */
    TaskReading read(String task, BlockRef at) {
        return ledger(at).read(task, at);
    }

    Ledger ledger(BlockRef at) {
        Block block = canonical.get((int) at.number());
        if (!block.header().hash().equals(at.hash())) {
            throw new IllegalStateException("block " + at.number() + " is not canonical");
        }
        return block.ledger();
    }

    boolean isCanonical(BlockRef at) {
        return at.number() < canonical.size()
                && canonical.get((int) at.number()).header().hash().equals(at.hash());
    }

    private <T> Reading<T> answer(Optional<T> value) {
        questions.incrementAndGet();
        if (down) {
            return new Reading.Failed<>(new ChainFailure(Kind.UNREACHABLE, "down"));
        }
        return value.<Reading<T>>map(Reading.Read::new).orElseGet(Reading.Absent::new);
    }

    @Override
    public Reading<BlockHeader> head() {
        return answer(Optional.of(frozen == null ? top() : frozen));
    }

    @Override
    public Reading<BlockHeader> tagged(SettlementRule.Name name) {
        return header(Math.max(0, top().number() - tagDepth));
    }

    @Override
    public Reading<BlockHeader> header(long number) {
        return answer(
                number < canonical.size()
                        ? Optional.of(canonical.get((int) number).header())
                        : Optional.empty());
    }

    @Override
    public Reading<BlockHeader> header(Bytes32 hash) {
        return answer(Optional.ofNullable(all.get(hash)).map(Block::header));
    }

    @Override
    public Reading<List<BlockHeader>> headers(long from, int count) {
        if (from + count > canonical.size()) {
            return answer(Optional.empty());
        }
        return answer(Optional.of(canonical.subList((int) from, (int) from + count).stream()
                .map(Block::header)
                .toList()));
    }

    @Override
    public Reading<List<Log>> range(LogFilter filter, long from, long to) {
        if (logsDown) {
            return new Reading.Failed<>(new ChainFailure(Kind.TIMEOUT, "no logs"));
        }
        if (to - from + 1 > mostBlocksOfLogs) {
            return new Reading.TooMuch<>();
        }
        ranges.add(to - from + 1);
        if (from < prunedBelow) {
            return answer(Optional.empty());
        }
        return answer(Optional.of(canonical.subList((int) from, (int) Math.min(to + 1, canonical.size())).stream()
                .flatMap(block -> block.logs().stream())
                .filter(filter::matches)
                .filter(hidden.negate())
                .toList()));
    }

    @Override
    public Reading<List<Log>> block(LogFilter filter, BlockHeader block) {
        if (logsDown) {
            return new Reading.Failed<>(new ChainFailure(Kind.TIMEOUT, "no logs"));
        }
        return answer(Optional.ofNullable(all.get(block.hash()))
                .map(found -> found.logs().stream()
                        .filter(filter::matches)
                        .filter(hidden.negate())
                        .toList()));
    }
}
