package io.attested.sms.bench.soak;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One decision, as it is kept for the checker.
 *
 * @param at our clock when it was made
 * @param task what was asked for
 * @param verdict what was decided
 * @param settled block of the rights; empty for a task that the head does not know
 * @param head block of the vetoes
 * @param rights empty when the settled block does not know the task
 * @param vetoes likewise
 * @param registered what the deal and its assets say, by name; empty likewise
 */
record Decision(
        Instant at,
        Bytes32 task,
        Verdict verdict,
        Optional<BlockRef> settled,
        BlockRef head,
        Optional<Rights> rights,
        Optional<Vetoes> vetoes,
        Map<String, String> registered) {}
