package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.rpc.LogFilter;
import io.attested.sms.chain.rpc.LogsBloom;
import io.attested.sms.chain.rpc.LogsBloom.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.web3j.crypto.Hash;

/**
 * The contracts of PoCo whose events are followed.
 *
 * @param hub the hub
 * @param registries registries of applications, datasets and workerpools, older ones that they refer to included: those
 *     whose transfers are delivered. What is remembered of an owner does not depend on this list.
 */
public record Watched(Address hub, Set<Address> registries) {
    static final Bytes32 TRANSFER = event("Transfer(address,address,uint256)");
    private static final Bytes32 ORDERS_MATCHED =
            event("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)");
    private static final Bytes32 CLOSED_DATASET_ORDER = event("ClosedDatasetOrder(bytes32)");
    private static final Bytes32 DIAMOND_CUT = event("DiamondCut((address,uint8,bytes4[])[],address,bytes)");
    private static final Set<Bytes32> FOLLOWED = Set.of(
            TRANSFER,
            ORDERS_MATCHED,
            CLOSED_DATASET_ORDER,
            DIAMOND_CUT,
            event("TaskInitialize(bytes32,address)"),
            event("TaskContribute(bytes32,address,bytes32)"),
            event("TaskConsensus(bytes32,bytes32)"),
            event("TaskReveal(bytes32,address,bytes32)"),
            event("TaskReopen(bytes32)"),
            event("TaskFinalize(bytes32,bytes)"),
            event("TaskClaimed(bytes32)"));

    /**
     * Copies the registries.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Watched {
        registries = Set.copyOf(registries);
        if (registries.isEmpty()) {
            throw new IllegalArgumentException("at least one registry");
        }
    }

    /** All events that are followed. */
    LogFilter everything() {
        return new LogFilter(
                Stream.concat(Stream.of(hub), registries.stream()).collect(Collectors.toSet()), List.of(FOLLOWED));
    }

    /** Changes of owners. */
    LogFilter transfers() {
        return new LogFilter(registries, List.of(Set.of(TRANSFER)));
    }

    /** Whether a block may hold a change of an owner. */
    Predicate<LogsBloom> anyTransfer() {
        Entry transfer = Entry.of(TRANSFER);
        Entry[] from = registries.stream().map(Entry::of).toArray(Entry[]::new);
        return bloom -> bloom.mayContain(transfer) && Arrays.stream(from).anyMatch(bloom::mayContain);
    }

    /** Any event of the hub whose subject is the task: all of PoCo's task events have its id as first topic. */
    Predicate<LogsBloom> task(Bytes32 id) {
        Entry subject = Entry.of(id);
        Entry by = Entry.of(hub);
        return upgrade().or(bloom -> bloom.mayContain(by) && bloom.mayContain(subject));
    }

    /** A transfer of the asset's token (ERC-721: third topic, id = the asset's address), whatever the registry. */
    Predicate<LogsBloom> owner(Address asset) {
        Entry transfer = Entry.of(TRANSFER);
        byte[] token = new byte[Bytes32.LENGTH];
        System.arraycopy(asset.bytes(), 0, token, Bytes32.LENGTH - Address.LENGTH, Address.LENGTH);
        Entry subject = Entry.of(Bytes32.of(token));
        return upgrade().or(bloom -> bloom.mayContain(transfer) && bloom.mayContain(subject));
    }

    /** Any match or closing of a dataset's order: these events name the order in their data, which no filter covers. */
    Predicate<LogsBloom> datasetOrders() {
        Entry by = Entry.of(hub);
        Entry closed = Entry.of(CLOSED_DATASET_ORDER);
        Entry matched = Entry.of(ORDERS_MATCHED);
        return upgrade().or(bloom -> bloom.mayContain(by) && (bloom.mayContain(closed) || bloom.mayContain(matched)));
    }

    /** A change of the hub's code (EIP-2535), after which anything may read otherwise. */
    Predicate<LogsBloom> upgrade() {
        Entry by = Entry.of(hub);
        Entry cut = Entry.of(DIAMOND_CUT);
        return bloom -> bloom.mayContain(by) && bloom.mayContain(cut);
    }

    private static Bytes32 event(String signature) {
        return Bytes32.of(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)));
    }
}
