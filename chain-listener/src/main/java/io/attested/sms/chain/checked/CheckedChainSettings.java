package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.rpc.NodeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which chain, through which nodes, and what an answer must pass.
 *
 * @param nodes the nodes with their limits, each operated by somebody else; one at the level of a single node, at least
 *     two at that of a quorum
 * @param quorum how many of them must agree, and how long that may take
 * @param level what is checked
 * @param rule which block counts as settled
 * @param chainId the chain id every node must report
 * @param hub the PoCo hub
 * @param hubCodeHash keccak256 the hub's runtime code must have; empty pins what is found at start
 * @param headAge a head older than this against the clock is refused; empty accepts any, for chains that mine on demand
 * @param settledAge the same for the settled block, where it is not the head itself
 */
public record CheckedChainSettings(
        List<NodeSettings> nodes,
        QuorumSettings quorum,
        TrustLevel level,
        SettlementRule rule,
        long chainId,
        Address hub,
        Optional<Bytes32> hubCodeHash,
        Optional<Duration> headAge,
        Optional<Duration> settledAge) {
    /** @throws IllegalArgumentException when values are out of their range or do not fit together */
    public CheckedChainSettings {
        nodes = List.copyOf(nodes);
        require(chainId > 0, "the chain id must be positive");
        require(!hub.isZero(), "the hub must not be the zero address");
        require(!nodes.isEmpty(), "at least one node is needed");
        require(
                nodes.stream().map(NodeSettings::name).distinct().count() == nodes.size(),
                "two nodes have the same name");
        require(
                quorum.needed() <= nodes.size() && 2 * quorum.needed() > nodes.size(),
                "of " + nodes.size() + " nodes more than half must agree, and no more than there are; configured: "
                        + quorum.needed());
        require(
                level != TrustLevel.SINGLE_NODE || nodes.size() == 1,
                "the trust level of a single node is for one node; " + nodes.size() + " are configured");
        require(
                level != TrustLevel.QUORUM || nodes.size() > 1,
                "the trust level of a quorum needs at least two nodes; one is configured");
        require(
                headAge.filter(age -> !age.isPositive()).isEmpty()
                        && settledAge.filter(age -> !age.isPositive()).isEmpty(),
                "the bounds on the age of blocks must be positive");
    }

    /** The same with another trust level. */
    public CheckedChainSettings withLevel(TrustLevel other) {
        return new CheckedChainSettings(nodes, quorum, other, rule, chainId, hub, hubCodeHash, headAge, settledAge);
    }

    /** The same with another rule of settlement. */
    public CheckedChainSettings withRule(SettlementRule other) {
        return new CheckedChainSettings(nodes, quorum, level, other, chainId, hub, hubCodeHash, headAge, settledAge);
    }

    /** The same with the hub's code pinned. */
    public CheckedChainSettings withHubCodeHash(Bytes32 hash) {
        return new CheckedChainSettings(
                nodes, quorum, level, rule, chainId, hub, Optional.of(hash), headAge, settledAge);
    }

    /** The same with bounds on the age of the head and of the settled block. */
    public CheckedChainSettings withAges(Duration head, Duration settled) {
        return new CheckedChainSettings(
                nodes, quorum, level, rule, chainId, hub, hubCodeHash, Optional.of(head), Optional.of(settled));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
