package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.ReadFailure.Refusal;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a node says to one question of a batch. */
sealed interface Answer {
    /** A result; JSON null when the node has nothing. */
    record Result(JsonNode value) implements Answer {}

    /** The contract reverted or is none that could run. */
    record Reverted() implements Answer {}

    /** The node does not know the block, or it is not canonical any more. */
    record NoSuchBlock(String message) implements Answer {}

    /** Any other error. */
    record Failed(long code, String message) implements Answer {}

    /** Nodes agree on no code for a revert, so their words are looked at too (geth, anvil, Nethermind, Besu, Ganache). */
    static Answer error(long code, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (code == 3 || code == -32015 || words.contains("revert") || words.contains("vm exception")) {
            return new Reverted();
        }
        if (words.contains("opcode") || words.contains("out of gas") || words.contains("evm error")) {
            return new Reverted();
        }
        // EIP-1898 gives -32001 to a block that is not there; the words are those of geth, Erigon and anvil.
        if (code == -32001
                || words.contains("header not found")
                || words.contains("block not found")
                || words.contains("canonical")
                || words.contains("blockoutofrange")
                || words.contains("unknown block")) {
            return new NoSuchBlock(shortened(message));
        }
        return new Failed(code, shortened(message));
    }

    /** The result, or the failure this answer is when a result is needed. */
    default JsonNode result(String what) throws ReadFailure {
        return switch (this) {
            case Result result -> result.value();
            case Reverted reverted -> throw new ReadFailure(Kind.RPC_ERROR, what + ": the call reverted");
            case NoSuchBlock missing -> throw ReadFailure.headMoved(what + ": " + missing.message());
            case Failed failed ->
                throw new ReadFailure(
                        Kind.RPC_ERROR,
                        what + ": error " + failed.code() + ", " + failed.message(),
                        refusal(failed.message()));
        };
    }

    /** No standard gives these refusals a code of their own; the words are those of geth, Erigon and large providers. */
    private static Refusal refusal(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (any(words, "missing trie node", "pruned", "state is not available", "historical state", "archive")) {
            return Refusal.PRUNED;
        }
        if (any(words, "rate limit", "too many requests", "request count", "compute units", "capacity")) {
            return Refusal.RATE_LIMITED;
        }
        if (any(words, "more than", "range", "too large", "too many", "limit", "exceed", "timeout", "timed out")) {
            return Refusal.TOO_MUCH;
        }
        return Refusal.NONE;
    }

    private static boolean any(String words, String... parts) {
        return Arrays.stream(parts).anyMatch(words::contains);
    }

    /** Text of a node goes to logs and health: no control characters, not long, nothing that looks like a URL. */
    private static String shortened(String message) {
        String plain = message.replaceAll("\\p{Cntrl}", " ").replaceAll("\\S*://\\S*", "(address)");
        return plain.length() <= 120 ? plain : plain.substring(0, 120) + "…";
    }
}
