package io.attested.sms.contracts.testbed;

import static io.attested.sms.contracts.testbed.Abi.ZERO_ADDRESS;
import static io.attested.sms.contracts.testbed.Abi.address;
import static io.attested.sms.contracts.testbed.Abi.bytes;
import static io.attested.sms.contracts.testbed.Abi.number;
import static io.attested.sms.contracts.testbed.Abi.small;
import static io.attested.sms.contracts.testbed.Abi.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.generated.Bytes4;
import tools.jackson.databind.JsonNode;

/**
 * Deploys PoCo 6.1 from the artifacts on npm, without a compiler: token, hub (a diamond of 16 facets), registries,
 * categories. On a fresh chain the addresses are always the same.
 */
public final class PocoDeployment {
    private static final String LIBRARY = "IexecLibOrders_v5";
    private static final List<String> BASE_FACETS = List.of("DiamondCutFacet", "DiamondLoupeFacet", "OwnershipFacet");
    private static final String ESCROW = "IexecEscrowTokenFacet";
    private static final List<String> FACETS = List.of(
            "IexecAccessorsABILegacyFacet",
            "IexecCategoryManagerFacet",
            "IexecConfigurationExtraFacet",
            "IexecConfigurationFacet",
            "IexecERC20Facet",
            ESCROW,
            "IexecOrderManagementFacet",
            "IexecPoco1Facet",
            "IexecPoco2Facet",
            "IexecPocoAccessorsFacet",
            "IexecPocoBoostFacet",
            "IexecPocoBoostAccessorsFacet",
            "IexecRelayFacet");
    private static final String CUT = "diamondCut((address,uint8,bytes4[])[],address,bytes)";
    private static final long TEN_YEARS = 10L * 365 * 24 * 3600;

    /** The five categories of production, in seconds; the two of the testbed follow. */
    private static final Map<String, Long> PRODUCTION =
            Map.of("XS", 300L, "S", 1200L, "M", 3600L, "L", 10800L, "XL", 36000L);

    private final Rpc rpc;
    private final long chainId;
    private final Artifacts artifacts;
    private final boolean paidInTokens;
    private final Set<String> cut = new HashSet<>();

    private PocoDeployment(Rpc rpc, long chainId, Artifacts artifacts, boolean paidInTokens) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.artifacts = artifacts;
        this.paidInTokens = paidInTokens;
    }

    /** Deploys with account 0, which becomes the hub's owner. */
    public static Poco deploy(LocalChain chain) {
        return on(chain, true).run();
    }

    /** The same with a hub of the native variant, whose deals are paid in the chain's own currency. */
    public static Poco deployNative(LocalChain chain) {
        return on(chain, false).run();
    }

    /**
     * The same with a hub that lacks some functions, as older ones do.
     *
     * @param functions canonical signatures, such as {@code viewApp(address)}
     */
    public static Poco deployWithout(LocalChain chain, String... functions) {
        PocoDeployment deployment = on(chain, true);
        for (String function : functions) {
            deployment.cut.add(Abi.selector(function));
        }
        return deployment.run();
    }

    private static PocoDeployment on(LocalChain chain, boolean paidInTokens) {
        Artifacts artifacts = new Artifacts(NodePackages.installed());
        return new PocoDeployment(chain.rpc(), chain.chainId(), artifacts, paidInTokens);
    }

    private Poco run() {
        String rlc = paidInTokens ? create(artifacts.token()) : ZERO_ADDRESS;
        String hub = diamond();
        addFacets(hub);
        String apps = registry("registries/apps/AppRegistry");
        String datasets = registry("registries/datasets/DatasetRegistry");
        String pools = registry("registries/workerpools/WorkerpoolRegistry");
        send(
                hub,
                Abi.call(
                        "configure(address,string,string,uint8,address,address,address,address)",
                        address(rlc),
                        text("Staked RLC"),
                        text("SRLC"),
                        small(9),
                        address(apps),
                        address(datasets),
                        address(pools),
                        address(ZERO_ADDRESS)));
        for (String name : List.of("XS", "S", "M", "L", "XL")) {
            category(hub, name, PRODUCTION.getOrDefault(name, 0L));
        }
        category(hub, "TEST", TEN_YEARS);
        category(hub, "SHORT", 1);
        return new Poco(chainId, hub, rlc, apps, datasets, pools, PRODUCTION.size(), PRODUCTION.size() + 1);
    }

    private String diamond() {
        String init = create(artifacts.diamondPart("DiamondInit"));
        List<DynamicStruct> cuts = new ArrayList<>();
        for (String facet : BASE_FACETS) {
            JsonNode artifact = artifacts.diamondPart(facet);
            cut(create(artifact), artifact).ifPresent(cuts::add);
        }
        DynamicStruct arguments =
                new DynamicStruct(address(Wallet.DEPLOYER.address()), address(init), bytes(Abi.selector("init()")));
        String code = Artifacts.code(artifacts.contract("Diamond"), Map.of());
        return rpc.deploy(
                Wallet.DEPLOYER, code + Abi.arguments(new DynamicArray<>(DynamicStruct.class, cuts), arguments));
    }

    private void addFacets(String hub) {
        Map<String, String> libraries = Map.of(LIBRARY, create(artifacts.contract("libs/" + LIBRARY)));
        List<DynamicStruct> cuts = new ArrayList<>();
        for (String name : FACETS) {
            String facet = !paidInTokens && name.equals(ESCROW) ? "IexecEscrowNativeFacet" : name;
            JsonNode artifact = artifacts.contract("facets/" + facet);
            cut(rpc.deploy(Wallet.DEPLOYER, Artifacts.code(artifact, libraries)), artifact)
                    .ifPresent(cuts::add);
        }
        send(
                hub,
                Abi.call(
                        CUT, new DynamicArray<>(DynamicStruct.class, cuts), address(ZERO_ADDRESS), bytes(new byte[0])));
    }

    /** An addition of the functions that no earlier facet has; empty when there are none, which the hub refuses. */
    private Optional<DynamicStruct> cut(String facet, JsonNode artifact) {
        List<Bytes4> selectors = Artifacts.selectors(artifact).stream()
                .filter(cut::add)
                .map(Abi::selectorBytes)
                .toList();
        return selectors.isEmpty()
                ? Optional.empty()
                : Optional.of(new DynamicStruct(address(facet), small(0), new DynamicArray<>(Bytes4.class, selectors)));
    }

    private String registry(String path) {
        String registry = create(artifacts.contract(path));
        send(registry, Abi.call("initialize(address)", address(ZERO_ADDRESS)));
        send(registry, Abi.call("setBaseURI(string)", text("https://nfts-metadata.test/")));
        return registry;
    }

    private void category(String hub, String name, long seconds) {
        send(hub, Abi.call("createCategory(string,string,uint256)", text(name), text("{}"), number(seconds)));
    }

    private String create(JsonNode artifact) {
        return rpc.deploy(Wallet.DEPLOYER, Artifacts.code(artifact, Map.of()));
    }

    private void send(String to, String data) {
        rpc.send(Wallet.DEPLOYER, to, data);
    }
}
