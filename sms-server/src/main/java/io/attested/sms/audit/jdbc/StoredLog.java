package io.attested.sms.audit.jdbc;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.HashChain;
import io.attested.sms.audit.HeadSigner;
import io.attested.sms.audit.LogBroken;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.Bytes32;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the log and checks it against itself and the service key. */
final class StoredLog {
    private static final int PAGE = 1000;

    private final LogTables tables;
    private final HeadSigner signer;

    StoredLog(LogTables tables, HeadSigner signer) {
        this.tables = tables;
        this.signer = signer;
    }

    /**
     * The last head, after comparing it with the last entry.
     *
     * @throws LogBroken when they contradict each other
     */
    LogHead verifiedHead() {
        Optional<LogHead> last = tables.lastHead();
        tables.entryAfterLastHead().ifPresent(extra -> {
            throw broken(extra, "no signed head covers it");
        });
        if (last.isEmpty()) {
            return sign(0, HashChain.GENESIS);
        }
        LogHead head = last.get();
        List<LogTables.Row> tail = tables.entries(head.sequence() - 2, head.sequence(), 2);
        Bytes32 before = tail.size() == 2 ? tail.getFirst().hash() : HashChain.GENESIS;
        if (tail.isEmpty() || tail.getLast().sequence() != head.sequence()) {
            throw broken(head.sequence(), "the head covers it, but it is gone");
        }
        Optional<String> fault = fault(tail.getLast(), before).or(() -> fault(head, tail.getLast()));
        fault.ifPresent(reason -> {
            throw broken(head.sequence(), reason);
        });
        return head;
    }

    LogHead sign(long sequence, Bytes32 hash) {
        return new LogHead(sequence, hash, signer.sign(LogHead.DOMAIN, LogHead.statement(sequence, hash)));
    }

    List<LogEntry> entriesAfter(long sequence, int limit) {
        return tables.entries(sequence, Long.MAX_VALUE, limit).stream()
                .map(row -> new LogEntry(row.sequence(), AuditEntry.parse(row.entry()), row.hash()))
                .toList();
    }

    ChainCheck verifyChain() {
        try {
            LogHead head = verifiedHead();
            Bytes32 hash = HashChain.GENESIS;
            for (long after = 0; after < head.sequence(); after += PAGE) {
                hash = verifyPage(after, Math.min(after + PAGE, head.sequence()), hash);
            }
            return new ChainCheck.Intact(head.sequence(), head);
        } catch (LogBroken broken) {
            return broken.finding();
        }
    }

    /** Verifies the entries in ({@code after}, {@code upTo}] and returns the hash after the last. */
    private Bytes32 verifyPage(long after, long upTo, Bytes32 before) {
        Map<Long, LogHead> heads =
                tables.heads(after, upTo).stream().collect(Collectors.toMap(LogHead::sequence, Function.identity()));
        long sequence = after;
        Bytes32 hash = before;
        for (LogTables.Row row : tables.entries(after, upTo, PAGE)) {
            sequence++;
            if (row.sequence() != sequence) {
                throw broken(sequence, "it is missing");
            }
            Optional<String> fault = fault(row, hash)
                    .or(() -> Optional.ofNullable(heads.get(row.sequence())).flatMap(head -> fault(head, row)));
            if (fault.isPresent()) {
                throw broken(sequence, fault.get());
            }
            hash = row.hash();
        }
        if (sequence != upTo) {
            throw broken(sequence + 1, "it is missing");
        }
        return hash;
    }

    private static Optional<String> fault(LogTables.Row row, Bytes32 before) {
        return HashChain.next(before, row.entry()).equals(row.hash())
                ? Optional.empty()
                : Optional.of("its hash does not follow from the entry and the hash before");
    }

    private Optional<String> fault(LogHead head, LogTables.Row row) {
        if (!head.hash().equals(row.hash())) {
            return Optional.of("its hash is not the one in the signed head");
        }
        return signer.verifies(LogHead.DOMAIN, LogHead.statement(head.sequence(), head.hash()), head.signature())
                ? Optional.empty()
                : Optional.of("the head at it is not signed by this service");
    }

    private static LogBroken broken(long sequence, String reason) {
        return new LogBroken(new ChainCheck.Broken(sequence, reason));
    }
}
