package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.contracts.Lenses;
import io.attested.sms.contracts.OwnerLensView;
import io.attested.sms.contracts.Part;
import io.attested.sms.contracts.RegisteredView;
import io.attested.sms.contracts.WalletLensView;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The questions for one hub, each one {@code eth_call}.
 *
 * <p>Guarantee: facts come only from an answer that says it is of the right chain, of the block it was asked for (height
 * and time as the EVM sees them) and, when the hash is given, of the right hub. Not guaranteed: that the node tells the
 * truth. Immutable; for use by many threads.
 */
public final class LensQuestions {
    private static final byte[] APPROVAL = HexFormat.of().parseHex("1626ba7e" + "00".repeat(28));

    private final long chainId;
    private final Address hub;
    private final Frames frames;

    /** @param hubCodeHash keccak256 the hub's code must have; empty accepts any code */
    public LensQuestions(long chainId, Address hub, Optional<Bytes32> hubCodeHash) {
        this.chainId = chainId;
        this.hub = hub;
        this.frames = new Frames(chainId, hubCodeHash);
    }

    /** The hub's address. */
    public Address hubAddress() {
        return hub;
    }

    /** A task with its deal and assets. */
    public LensQuestion<TaskAtBlock> task(Bytes32 id) {
        return task(id, Bytes32.ZERO);
    }

    /**
     * A task whose deal and index the asker claims to know, which is how tasks of boosted deals are recognised before
     * they end. A claim that does not hash to the task's id is left out.
     */
    public LensQuestion<TaskAtBlock> task(Bytes32 id, Bytes32 claimedDeal, long claimedIndex) {
        boolean fits =
                claimedIndex >= 0 && Views.taskId(claimedDeal, claimedIndex).equals(id);
        return task(id, fits ? claimedDeal : Bytes32.ZERO);
    }

    /** A deal with its assets. */
    public LensQuestion<DealAtBlock> deal(Bytes32 id) {
        DealReader reader = new DealReader(hub, frames);
        return LensQuestion.of(Lenses.deal(hub.value(), id.bytes()), (view, at) -> reader.deal(id, view, at));
    }

    /** The owner of a contract and the registries that know it. */
    public LensQuestion<OwnerAtBlock> owner(Address asset) {
        return LensQuestion.of(Lenses.owner(hub.value(), asset.value()), this::owner);
    }

    /**
     * Whether a contract wallet approves a signature (ERC-1271).
     *
     * @throws IllegalArgumentException when the signature is longer than {@link Lenses#LONGEST_SIGNATURE}
     */
    public LensQuestion<WalletAtBlock> wallet(Address wallet, Bytes32 hash, byte[] signature) {
        return LensQuestion.of(Lenses.wallet(hub.value(), wallet.value(), hash.bytes(), signature), this::wallet);
    }

    /**
     * Dataset orders for a deal: each dataset as registered, and whether the hub accepts the order.
     *
     * @param orders 1 to {@link Lenses#MOST_ORDERS}
     */
    public LensQuestion<List<DatasetOrderAtBlock>> datasetOrders(Bytes32 dealId, List<DatasetOrder> orders) {
        DatasetOrdersReader reader = new DatasetOrdersReader(frames);
        return LensQuestion.of(
                Lenses.datasetOrders(
                        hub.value(),
                        dealId.bytes(),
                        orders.stream().map(DatasetOrdersReader::call).toList()),
                (view, at) -> reader.read(orders, view, at));
    }

    /** Whether the hub's address is a PoCo hub, and of which kind; to be asked at start. */
    public LensQuestion<HubAtBlock> hub() {
        HubReader reader = new HubReader(chainId, hub, frames);
        return LensQuestion.of(Lenses.hub(hub.value()), reader::read);
    }

    private LensQuestion<TaskAtBlock> task(Bytes32 id, Bytes32 deal) {
        DealReader reader = new DealReader(hub, frames);
        return LensQuestion.of(
                Lenses.task(hub.value(), id.bytes(), deal.bytes()), (view, at) -> reader.task(id, view, at));
    }

    private OwnerAtBlock owner(OwnerLensView view, BlockRef at) throws FactsRefused {
        frames.check(view.frame(), at);
        Parts.requireGas(view.owner(), "the owner");
        Optional<Address> owner = view.owner() instanceof Part.Answered<String>(String text)
                ? Optional.of(Address.parse(text)).filter(address -> !address.isZero())
                : Optional.empty();
        Set<Registry> registries =
                frames.hubExists(view.frame()) ? registries(view.registered()) : EnumSet.noneOf(Registry.class);
        return new OwnerAtBlock(at, owner, view.codeSize().signum() != 0, Set.copyOf(registries));
    }

    private static Set<Registry> registries(RegisteredView registered) throws FactsRefused {
        Set<Registry> registries = EnumSet.noneOf(Registry.class);
        if (Parts.required(registered.app(), "the app registry")) {
            registries.add(Registry.APP);
        }
        if (Parts.required(registered.dataset(), "the dataset registry")) {
            registries.add(Registry.DATASET);
        }
        if (Parts.required(registered.workerpool(), "the workerpool registry")) {
            registries.add(Registry.WORKERPOOL);
        }
        return registries;
    }

    private WalletAtBlock wallet(WalletLensView view, BlockRef at) throws FactsRefused {
        frames.check(view.frame(), at);
        if (view.codeSize().signum() == 0) {
            return new WalletAtBlock.NoContract(at);
        }
        Parts.requireGas(view.answer(), "the wallet");
        return view.answer() instanceof Part.Answered<byte[]>(byte[] word) && Arrays.equals(word, APPROVAL)
                ? new WalletAtBlock.Approves(at)
                : new WalletAtBlock.Refuses(at);
    }
}
