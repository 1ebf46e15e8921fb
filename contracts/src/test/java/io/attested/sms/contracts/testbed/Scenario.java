package io.attested.sms.contracts.testbed;

import static io.attested.sms.contracts.testbed.Abi.address;
import static io.attested.sms.contracts.testbed.Abi.bytes;
import static io.attested.sms.contracts.testbed.Abi.number;
import static io.attested.sms.contracts.testbed.Abi.small;
import static io.attested.sms.contracts.testbed.Abi.text;
import static io.attested.sms.contracts.testbed.Abi.word;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;
import tools.jackson.databind.JsonNode;

/**
 * Plays a story on the local chain: assets, deals, tasks, transfers.
 *
 * <p>Transactions are sent by the account whose act they are; prices are zero, so nobody needs tokens. Names and salts
 * are random, so the same step can be repeated. Addresses are {@code 0x} and 40 lower-case digits, ids {@code 0x} and 64.
 */
public final class Scenario {
    private static final String ORDERS_MATCHED =
            Hash.sha3String("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)");
    private static final String SPONSORED = "sponsorMatchOrders";

    /** Of every app's image for which a test names none; zero would name no image. */
    private static final byte[] CHECKSUM = HexFormat.of().parseHex("5a".repeat(32));

    private final Rpc rpc;
    private final Poco poco;
    private final SecureRandom random;

    private Scenario(Rpc rpc, Poco poco, SecureRandom random) {
        this.rpc = rpc;
        this.poco = poco;
        this.random = random;
    }

    /** A story on this chain. */
    public static Scenario on(LocalChain chain, Poco poco) {
        return new Scenario(chain.rpc(), poco, new SecureRandom());
    }

    /** Where PoCo is. */
    public Poco poco() {
        return poco;
    }

    /** Registers an application of {@link Wallet#APP_DEVELOPER} whose {@code mrenclave} is the UTF-8 of a text. */
    public String createApp(String mrenclave) {
        return createApp(
                Wallet.APP_DEVELOPER, "registry.test/app:1", CHECKSUM, mrenclave.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Registers an application as the registry takes it, without the checks of the SDK.
     *
     * @param checksum 32 bytes
     * @param mrenclave any bytes
     */
    public String createApp(Wallet owner, String multiaddr, byte[] checksum, byte[] mrenclave) {
        return create(
                poco.appRegistry(),
                owner,
                "App(address,string,string,bytes,bytes32,bytes)",
                address(owner.address()),
                text(name("app")),
                text("DOCKER"),
                bytes(multiaddr.getBytes(StandardCharsets.UTF_8)),
                word(Abi.hex(checksum)),
                bytes(mrenclave));
    }

    /** Registers a dataset of {@link Wallet#DATASET_OWNER}. */
    public String createDataset(String multiaddr, byte[] checksum) {
        return createDataset(Wallet.DATASET_OWNER, multiaddr.getBytes(StandardCharsets.UTF_8), checksum);
    }

    /**
     * Registers a dataset.
     *
     * @param multiaddr any bytes: text, or a binary multiaddress
     * @param checksum 32 bytes
     */
    public String createDataset(Wallet owner, byte[] multiaddr, byte[] checksum) {
        return create(
                poco.datasetRegistry(),
                owner,
                "Dataset(address,string,bytes,bytes32)",
                address(owner.address()),
                text(name("dataset")),
                bytes(multiaddr),
                word(Abi.hex(checksum)));
    }

    /** Registers a workerpool of {@link Wallet#WORKERPOOL_OWNER}. */
    public String createWorkerpool() {
        Wallet owner = Wallet.WORKERPOOL_OWNER;
        return create(
                poco.workerpoolRegistry(),
                owner,
                "Workerpool(address,string)",
                address(owner.address()),
                text(name("workerpool")));
    }

    /** Terms that match: one SCONE task of the long category on a new workerpool, no dataset, empty params. */
    public DealTerms terms(String app) {
        return new DealTerms(
                app,
                Wallet.APP_DEVELOPER,
                Optional.empty(),
                Wallet.DATASET_OWNER,
                createWorkerpool(),
                Wallet.WORKERPOOL_OWNER,
                Wallet.REQUESTER,
                Wallet.REQUESTER.address(),
                TeeTag.SCONE.text(),
                "",
                poco.testCategory(),
                1);
    }

    /** Signs the four orders and matches them. */
    public MatchedDeal match(DealTerms terms) {
        return match("matchOrders", terms.requester(), terms);
    }

    /** The same, paid by someone else than the requester. */
    public MatchedDeal sponsor(DealTerms terms, Wallet sponsor) {
        return match(SPONSORED, sponsor, terms);
    }

    /** Matches the orders by PoCo Boost: the hub then stores neither assets nor params, and no task until it ends. */
    public MatchedDeal boost(DealTerms terms) {
        return match("matchOrdersBoost", terms.requester(), terms);
    }

    /** A sponsored deal whose results go to a contract: PoCo calls it back, and nothing is uploaded. */
    public MatchedDeal sponsorWithCallback(DealTerms terms, Wallet sponsor, String callback) {
        return matched(
                rpc.send(sponsor, poco.hub(), new Orders(poco, random, terms, callback).match(SPONSORED)), terms);
    }

    private MatchedDeal match(String function, Wallet payer, DealTerms terms) {
        return matched(rpc.send(payer, poco.hub(), new Orders(poco, random, terms).match(function)), terms);
    }

    private static MatchedDeal matched(JsonNode receipt, DealTerms terms) {
        for (JsonNode log : receipt.get("logs")) {
            if (ORDERS_MATCHED.equals(log.get("topics").get(0).asString())) {
                String dealId = log.get("data").asString().substring(0, 66);
                return new MatchedDeal(dealId, terms.app(), terms.dataset(), terms.workerpool(), terms.tasks());
            }
        }
        throw new TestbedFailure("the orders were matched but the hub logged no OrdersMatched");
    }

    /** An offer of a dataset for bulk deals, not signed yet; no two are the same. */
    public DatasetOffer offer(String dataset) {
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        return DatasetOffer.of(dataset, Abi.hex(salt));
    }

    /** The offer signed by somebody, by rights the dataset's owner. */
    public DatasetOffer sign(DatasetOffer offer, Wallet owner) {
        return Orders.signed(poco, offer, owner);
    }

    /** The owner closes an offer: nobody can use it any more. */
    public void close(DatasetOffer offer, Wallet owner) {
        int close = 1;
        rpc.send(
                owner,
                poco.hub(),
                Abi.call(
                        "manageDatasetOrder(((address,uint256,uint256,bytes32,address,address,address,bytes32,bytes),"
                                + "uint8,bytes))",
                        new DynamicStruct(offer.struct(), small(close), bytes(new byte[0]))));
    }

    /** Initialises a task, as the scheduler does; gives its id. */
    public String initialize(MatchedDeal deal, int index) {
        return initialize(deal.dealId(), index);
    }

    /** Initialises a task of a deal that was matched elsewhere; gives its id. */
    public String initialize(String dealId, int index) {
        rpc.send(
                Wallet.WORKERPOOL_OWNER,
                poco.hub(),
                Abi.call("initialize(bytes32,uint256)", word(dealId), number(index)));
        return MatchedDeal.taskId(dealId, index);
    }

    /** Initialises all tasks of a deal, fifty in a transaction; gives their ids in order. */
    public List<String> initializeAll(MatchedDeal deal) {
        List<String> ids = new ArrayList<>();
        for (int first = 0; first < deal.tasks(); first += 50) {
            List<Bytes32> deals = new ArrayList<>();
            List<Uint256> indices = new ArrayList<>();
            for (int index = first; index < Math.min(first + 50, deal.tasks()); index++) {
                deals.add(word(deal.dealId()));
                indices.add(number(index));
                ids.add(deal.taskId(index));
            }
            rpc.send(
                    Wallet.WORKERPOOL_OWNER,
                    poco.hub(),
                    Abi.call(
                            "initializeArray(bytes32[],uint256[])",
                            new DynamicArray<>(Bytes32.class, deals),
                            new DynamicArray<>(Uint256.class, indices)));
        }
        return ids;
    }

    /**
     * Completes a task by the worker's contribution, signed by the pool's owner and an enclave; the hub verifies both.
     *
     * @param enclave the enclave challenge's key
     */
    public void complete(String taskId, Wallet worker, Wallet enclave) {
        byte[] results = "{\"storage\":\"none\"}".getBytes(StandardCharsets.UTF_8);
        String digest = Abi.hex(Wallet.keccak(results));
        byte[] hash = Wallet.keccak(Abi.unhex(taskId + digest.substring(2)));
        byte[] seal = Wallet.keccak(Abi.unhex(worker.address() + taskId.substring(2) + digest.substring(2)));
        byte[] signed = Wallet.keccak(Abi.unhex(Abi.hex(hash) + Abi.hex(seal).substring(2)));
        WorkerpoolAuthorization authorization =
                WorkerpoolAuthorization.sign(Wallet.WORKERPOOL_OWNER, worker, taskId, enclave.address());
        rpc.send(
                worker,
                poco.hub(),
                Abi.call(
                        "contributeAndFinalize(bytes32,bytes32,bytes,bytes,address,bytes,bytes)",
                        word(taskId),
                        word(digest),
                        bytes(results),
                        bytes(new byte[0]),
                        address(enclave.address()),
                        bytes(enclave.signMessage(signed)),
                        bytes(authorization.signature())));
    }

    /** Claims a task as failed; the chain's time must be past its final deadline. */
    public void claim(String taskId) {
        rpc.send(Wallet.REQUESTER, poco.hub(), Abi.call("claim(bytes32)", word(taskId)));
    }

    /** Sells a dataset: its token in the registry goes to {@code to}. */
    public void transferDataset(String dataset, Wallet from, Wallet to) {
        transferDataset(dataset, from, to.address());
    }

    /** Sells an application: its token in the registry goes to {@code to}. */
    public void transferApp(String app, Wallet from, Wallet to) {
        transferApp(app, from, to.address());
    }

    /** The same to any address, such as a contract wallet's. */
    public void transferDataset(String dataset, Wallet from, String to) {
        transfer(poco.datasetRegistry(), dataset, from, to);
    }

    /** The same to any address, such as a contract wallet's. */
    public void transferApp(String app, Wallet from, String to) {
        transfer(poco.appRegistry(), app, from, to);
    }

    /** Sells a workerpool to any address, such as a contract wallet's. */
    public void transferWorkerpool(String workerpool, Wallet from, String to) {
        transfer(poco.workerpoolRegistry(), workerpool, from, to);
    }

    /**
     * Deploys a contract wallet (ERC-1271) that approves the raw signatures of one key, such as those of orders; gives
     * its address.
     */
    public String deployWallet(Wallet key) {
        return deploy(Artifacts.own("TestWallet") + Abi.arguments(address(key.address())));
    }

    /**
     * Deploys a contract that answers every call badly; gives its address.
     *
     * @param kind 0 with 200,000 zero bytes, 1 by burning all gas, 2 with an address whose upper bytes are not zero,
     *     3 with one byte, 4 by reverting with 10,000 bytes
     */
    public String deployHostile(int kind) {
        return deploy(Artifacts.own("HostileAsset") + Abi.arguments(number(kind)));
    }

    /** Deploys any contract from its creation code, {@code 0x} and digits; gives its address. */
    public String deploy(String creationCode) {
        return rpc.deploy(Wallet.STRANGER, creationCode);
    }

    private void transfer(String registry, String asset, Wallet from, String to) {
        rpc.send(
                from,
                registry,
                Abi.call(
                        "safeTransferFrom(address,address,uint256)",
                        address(from.address()),
                        address(to),
                        new Uint256(new BigInteger(1, Abi.unhex(asset)))));
    }

    /** One at a time: parallel transactions of one account take the same nonce. */
    @SafeVarargs
    private synchronized String create(String registry, Wallet owner, String signature, Type<?>... arguments) {
        String created = Abi.firstAddress(rpc.read(registry, Abi.call("predict" + signature, arguments)));
        rpc.send(owner, registry, Abi.call("create" + signature, arguments));
        return created;
    }

    private String name(String kind) {
        byte[] distinct = new byte[8];
        random.nextBytes(distinct);
        return kind + "-" + HexFormat.of().formatHex(distinct);
    }
}
