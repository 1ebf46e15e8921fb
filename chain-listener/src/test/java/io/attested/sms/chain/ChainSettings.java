package io.attested.sms.chain;

import io.attested.sms.chain.rpc.NodeSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which chain, through which node, and how deep a block must lie to count.
 *
 * @param node HTTP URL of the node's JSON-RPC; may carry credentials and is never printed
 * @param chainId the chain id the node must report
 * @param hub the PoCo hub
 * @param hubCodeHash keccak256 the hub's runtime code must have; empty accepts any code
 * @param depth blocks between head and settled block, 0 to {@value #MAX_DEPTH}; 0 in the {@code dev} realm only
 * @param timeout for each HTTP exchange, connection included; positive
 * @param maxAnswerBytes cap on one HTTP answer in bytes, checked while reading; at least 1024
 */
public record ChainSettings(
        URI node,
        long chainId,
        Address hub,
        Optional<Bytes32> hubCodeHash,
        int depth,
        Duration timeout,
        int maxAnswerBytes) {
    /** Largest depth accepted. */
    public static final int MAX_DEPTH = 100_000;

    /** @throws IllegalArgumentException when a value is out of its range; the message does not print the node */
    public ChainSettings {
        String scheme = node.getScheme();
        require("http".equals(scheme) || "https".equals(scheme), "the node must be an http or https URL");
        require(node.getHost() != null, "the node's URL must name a host");
        require(chainId > 0, "the chain id must be positive");
        require(!hub.isZero(), "the hub must not be the zero address");
        require(depth >= 0 && depth <= MAX_DEPTH, "the depth must be from 0 to " + MAX_DEPTH);
        require(timeout.isPositive(), "the timeout must be positive");
        require(maxAnswerBytes >= 1024, "the cap on an answer must be at least 1024 bytes");
    }

    /** The standard timeout and cap, depth 0 and any hub code; narrow it with the methods below. */
    public static ChainSettings of(URI node, long chainId, Address hub) {
        return new ChainSettings(
                node,
                chainId,
                hub,
                Optional.empty(),
                0,
                NodeSettings.STANDARD_TIMEOUT,
                NodeSettings.STANDARD_MAX_ANSWER_BYTES);
    }

    /** The same with another depth. */
    public ChainSettings withDepth(int other) {
        return new ChainSettings(node, chainId, hub, hubCodeHash, other, timeout, maxAnswerBytes);
    }

    /** The same with the hub's code pinned. */
    public ChainSettings withHubCodeHash(Bytes32 hash) {
        return new ChainSettings(node, chainId, hub, Optional.of(hash), depth, timeout, maxAnswerBytes);
    }

    /** The same with another time limit. */
    public ChainSettings withTimeout(Duration other) {
        return new ChainSettings(node, chainId, hub, hubCodeHash, depth, other, maxAnswerBytes);
    }

    /** The same with another cap on an answer. */
    public ChainSettings withMaxAnswerBytes(int other) {
        return new ChainSettings(node, chainId, hub, hubCodeHash, depth, timeout, other);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return "ChainSettings[chainId=" + chainId + ", hub=" + hub + ", depth=" + depth + "]";
    }
}
