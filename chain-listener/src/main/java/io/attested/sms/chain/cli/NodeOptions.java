package io.attested.sms.chain.cli;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.rpc.NodeSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which chain, through which nodes, and how far these are to be checked. */
final class NodeOptions {
    static final String NODE = "SMS_CHAIN_NODE";
    static final String ID = "SMS_CHAIN_ID";
    static final String HUB = "SMS_CHAIN_HUB";
    static final String HUB_CODE_HASH = "SMS_CHAIN_HUB_CODE_HASH";
    private static final int STANDARD_DEPTH = 12;

    // Texts, not URLs: what picocli cannot convert it prints, and an address may carry credentials.
    @Option(
            names = "--node",
            paramLabel = "URL",
            description = "JSON-RPC of an Ethereum node, http or https; once for each node. Without it the variable "
                    + NODE + ", where commas separate several. Never printed but for host and port.")
    private List<String> nodes = new ArrayList<>();

    @Option(names = "--chain-id", paramLabel = "N", description = "The chain's id. Without it the variable " + ID + ".")
    private @Nullable String chainId;

    @Option(names = "--hub", paramLabel = "ADDRESS", description = "The PoCo hub. Without it the variable " + HUB + ".")
    private @Nullable String hub;

    @Option(
            names = "--hub-code-hash",
            paramLabel = "HASH",
            description = "keccak256 that the hub's code must have. Without it the variable " + HUB_CODE_HASH
                    + ", without that any.")
    private @Nullable String hubCodeHash;

    @Option(
            names = "--trust",
            paramLabel = "LEVEL",
            description =
                    "single-node, quorum or proof (eth_getProof). Without it single-node for one node, quorum for "
                            + "several.")
    private @Nullable String trust;

    @Option(
            names = "--needed",
            paramLabel = "N",
            description = "How many nodes must say the same; more than half, which is what it is without it.")
    private @Nullable Integer needed;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Blocks that the settled block lies below the head; without it " + STANDARD_DEPTH + ".")
    private @Nullable Integer depth;

    @Option(
            names = "--settled",
            paramLabel = "TAG",
            description = "safe or finalized: the settled block is the one the nodes call so. Instead of --depth.")
    private @Nullable String settled;

    /** @throws Failure when something is missing or does not fit together; the message prints no address of a node */
    CheckedChainSettings settings(Map<String, String> environment) throws Failure {
        List<NodeSettings> named = named(addresses(environment));
        int count = named.size();
        try {
            return new CheckedChainSettings(
                    named,
                    QuorumSettings.of(Optional.ofNullable(needed).orElse(count / 2 + 1)),
                    level(count),
                    rule(),
                    chainId(environment),
                    hub(environment),
                    hubCodeHash(environment),
                    Optional.empty(),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }

    private List<URI> addresses(Map<String, String> environment) throws Failure {
        List<String> texts = nodes.isEmpty()
                ? Stream.of(environment.getOrDefault(NODE, "").split("[\\s,]+"))
                        .filter(text -> !text.isEmpty())
                        .toList()
                : nodes;
        if (texts.isEmpty()) {
            throw Failure.usage("no node is named; give --node URL once for each node, or set " + NODE);
        }
        List<URI> addresses = new ArrayList<>();
        for (String text : texts) {
            try {
                addresses.add(URI.create(text));
            } catch (IllegalArgumentException e) {
                throw Failure.usage("node " + (addresses.size() + 1)
                        + " has no readable address (not repeated here); expected such as https://node.example.org");
            }
        }
        return addresses;
    }

    private static List<NodeSettings> named(List<URI> addresses) throws Failure {
        try {
            return NodeSettings.named(addresses);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + "; expected such as https://node.example.org");
        }
    }

    private TrustLevel level(int count) throws Failure {
        if (trust == null) {
            return count == 1 ? TrustLevel.SINGLE_NODE : TrustLevel.QUORUM;
        }
        return Words.level(trust)
                .orElseThrow(() -> Failure.usage("--trust is single-node, quorum or proof, not \"" + trust + "\""));
    }

    private SettlementRule rule() throws Failure {
        if (settled == null) {
            return new SettlementRule.Depth(Optional.ofNullable(depth).orElse(STANDARD_DEPTH));
        }
        if (depth != null) {
            throw Failure.usage("--depth and --settled are two rules; give one");
        }
        return switch (settled) {
            case "safe" -> new SettlementRule.Tag(SettlementRule.Name.SAFE);
            case "finalized" -> new SettlementRule.Tag(SettlementRule.Name.FINALIZED);
            default -> throw Failure.usage("--settled is safe or finalized, not \"" + settled + "\"");
        };
    }

    private long chainId(Map<String, String> environment) throws Failure {
        String text = given(chainId, environment, ID)
                .orElseThrow(() -> Failure.usage("no chain id; give --chain-id N or set " + ID));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Failure.usage("the chain id is a number, not \"" + text + "\"");
        }
    }

    private Address hub(Map<String, String> environment) throws Failure {
        String text = given(hub, environment, HUB)
                .orElseThrow(() -> Failure.usage("no hub; give --hub ADDRESS or set " + HUB));
        return Words.address(text, "the hub");
    }

    private Optional<Bytes32> hubCodeHash(Map<String, String> environment) throws Failure {
        Optional<String> text = given(hubCodeHash, environment, HUB_CODE_HASH);
        return text.isEmpty() ? Optional.empty() : Optional.of(Words.bytes32(text.get(), "the hash of the hub's code"));
    }

    private static Optional<String> given(@Nullable String option, Map<String, String> environment, String variable) {
        return option != null
                ? Optional.of(option)
                : Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }
}
