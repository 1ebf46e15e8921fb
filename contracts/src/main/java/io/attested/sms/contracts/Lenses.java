package io.attested.sms.contracts;

import io.attested.sms.contracts.Part.Answered;
import io.attested.sms.contracts.Part.Missing;
import io.attested.sms.contracts.Part.Why;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;

/**
 * Questions that walk dependent reads in one call: creation code compiled from this module's own Solidity, run by
 * {@code eth_call} without {@code to} at a block.
 *
 * <p>Guarantee: the answer names its chain and block as the EVM sees them, and a contract that reverts, burns gas or
 * returns megabytes spoils its own part only. Limits: a lens returns at most about 24,000 bytes (EIP-170), so long texts
 * may be {@link Part.Why#TOO_LARGE}; the node must allow some ten million gas for a call.
 *
 * <p>Addresses are {@code 0x} and 40 digits, ids 32 bytes.
 */
public final class Lenses {
    private static final String TASK = code("TaskLens");
    private static final String OWNER = code("OwnerLens");
    private static final String WALLET = code("WalletLens");
    private static final String HUB = code("HubLens");
    private static final String DATASET_ORDERS = code("DatasetOrdersLens");
    private static final int ORDER_PARTS = 5;

    /** Dataset orders of one call: their answers and their gas stay below what any node allows. */
    public static final int MOST_ORDERS = 10;

    /** Longest signature of a dataset order, in bytes. */
    public static final int LONGEST_ORDER_SIGNATURE = 2_048;

    /** Longest signature that fits, with room to spare, under the limit of creation code. */
    public static final int LONGEST_SIGNATURE = 40_000;

    private Lenses() {}

    /**
     * A task, its deal and its assets.
     *
     * @param dealId the deal to read when the hub names none for the task; zero for none
     */
    public static LensCall<TaskLensView> task(String hub, byte[] taskId, byte[] dealId) {
        return new LensCall<>(
                TASK + arguments(new Address(hub), new Bytes32(taskId), new Bytes32(dealId)), Lenses::task);
    }

    /** A deal and its assets. */
    public static LensCall<TaskLensView> deal(String hub, byte[] dealId) {
        return task(hub, new byte[32], dealId);
    }

    /** The owner of a contract, and what the hub's registries know of it. */
    public static LensCall<OwnerLensView> owner(String hub, String asset) {
        return new LensCall<>(OWNER + arguments(new Address(hub), new Address(asset)), answer -> {
            answer.requireParts(4);
            return new OwnerLensView(
                    answer.frame(), answer.ownNumber(), answer.part(0, w -> w.address(0)), registered(answer, 1));
        });
    }

    /**
     * Whether a contract wallet approves a signature (ERC-1271).
     *
     * @param hash 32 bytes
     * @param signature any bytes
     * @throws IllegalArgumentException when the signature is longer than {@link #LONGEST_SIGNATURE}
     */
    public static LensCall<WalletLensView> wallet(String hub, String wallet, byte[] hash, byte[] signature) {
        if (signature.length > LONGEST_SIGNATURE) {
            throw new IllegalArgumentException("a signature may have at most " + LONGEST_SIGNATURE + " bytes");
        }
        String arguments =
                arguments(new Address(hub), new Address(wallet), new Bytes32(hash), new DynamicBytes(signature));
        return new LensCall<>(WALLET + arguments, answer -> {
            answer.requireParts(1);
            return new WalletLensView(answer.frame(), answer.ownNumber(), answer.part(0, w -> w.word(0)));
        });
    }

    /**
     * Dataset orders of a bulk deal: each dataset as registered, and whether the hub accepts the order for the deal.
     *
     * @param dealId 32 bytes
     * @param orders 1 to {@link #MOST_ORDERS}
     * @throws IllegalArgumentException when there are more, or a signature is too long
     */
    public static LensCall<DatasetOrdersLensView> datasetOrders(
            String hub, byte[] dealId, List<DatasetOrderCall> orders) {
        if (orders.isEmpty() || orders.size() > MOST_ORDERS) {
            throw new IllegalArgumentException("expected 1 to " + MOST_ORDERS + " dataset orders");
        }
        if (orders.stream().anyMatch(order -> order.signature().length > LONGEST_ORDER_SIGNATURE)) {
            throw new IllegalArgumentException(
                    "an order's signature may have at most " + LONGEST_ORDER_SIGNATURE + " bytes");
        }
        int count = orders.size();
        String arguments = arguments(
                new Address(hub),
                new DynamicArray<>(
                        Address.class,
                        orders.stream()
                                .map(order -> new Address(order.dataset()))
                                .toList()),
                new DynamicArray<>(
                        DynamicBytes.class,
                        orders.stream()
                                .map(order -> new DynamicBytes(order.judge(dealId)))
                                .toList()));
        return new LensCall<>(DATASET_ORDERS + arguments, answer -> datasetOrders(answer, count));
    }

    private static DatasetOrdersLensView datasetOrders(LensAnswer answer, int count) throws Words.Malformed {
        answer.requireParts(ORDER_PARTS * count + 1);
        List<DatasetOrderView> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = ORDER_PARTS * i;
            orders.add(new DatasetOrderView(
                    answer.part(at, w -> w.truth(0)),
                    answer.part(at + 1, w -> w.address(0)),
                    answer.part(at + 2, w -> w.bytes(0)),
                    answer.part(at + 3, w -> w.word(0)),
                    answer.part(at + 4, w -> true)));
        }
        return new DatasetOrdersLensView(
                answer.frame(), answer.part(ORDER_PARTS * count, w -> w.address(0)), List.copyOf(orders));
    }

    /** What tells that an address is a PoCo hub, and of which kind. */
    public static LensCall<HubLensView> hub(String hub) {
        return new LensCall<>(HUB + arguments(new Address(hub)), Lenses::hub);
    }

    private static TaskLensView task(LensAnswer answer) throws Words.Malformed {
        answer.requireParts(18);
        Part<String> appOwner = answer.part(12, w -> w.address(0));
        Part<String> datasetOwner = answer.part(13, w -> w.address(0));
        return new TaskLensView(
                answer.frame(),
                answer.own(),
                answer.part(0, PocoCalls::task),
                answer.part(1, PocoCalls::deal),
                answer.part(2, w -> new BoostView(w.address(0), w.address(6), w.number(10), w.number(11))),
                answer.part(3, w -> w.tuple(0).number(2)),
                app(answer, appOwner),
                dataset(answer, datasetOwner),
                appOwner,
                datasetOwner,
                answer.part(14, w -> w.address(0)),
                registered(answer, 15));
    }

    private static Part<AppView> app(LensAnswer answer, Part<String> owner) throws Words.Malformed {
        Part<AppView> view = answer.part(4, PocoCalls::app);
        Part<String> type = answer.part(5, w -> w.text(0));
        Part<byte[]> multiaddr = answer.part(6, w -> w.bytes(0));
        Part<byte[]> checksum = answer.part(7, w -> w.word(0));
        Part<byte[]> mrenclave = answer.part(8, w -> w.bytes(0));
        if (refused(view)
                && owner instanceof Answered<String>(String by)
                && type instanceof Answered<String>(String of)
                && multiaddr instanceof Answered<byte[]>(byte[] at)
                && checksum instanceof Answered<byte[]>(byte[] sum)
                && mrenclave instanceof Answered<byte[]>(byte[] enclave)) {
            return new Answered<>(new AppView(by, of, at, sum, enclave));
        }
        return refused(view) ? new Missing<>(worst(List.of(owner, type, multiaddr, checksum, mrenclave))) : view;
    }

    private static Part<DatasetView> dataset(LensAnswer answer, Part<String> owner) throws Words.Malformed {
        Part<DatasetView> view = answer.part(9, PocoCalls::dataset);
        Part<byte[]> multiaddr = answer.part(10, w -> w.bytes(0));
        Part<byte[]> checksum = answer.part(11, w -> w.word(0));
        if (refused(view)
                && owner instanceof Answered<String>(String by)
                && multiaddr instanceof Answered<byte[]>(byte[] at)
                && checksum instanceof Answered<byte[]>(byte[] sum)) {
            return new Answered<>(new DatasetView(by, at, sum));
        }
        return refused(view) ? new Missing<>(worst(List.of(owner, multiaddr, checksum))) : view;
    }

    /** Too little gas explains the other faults, so it is told before them. */
    private static Why worst(List<Part<?>> parts) {
        return parts.stream()
                .flatMap(part -> part instanceof Missing<?>(Why why) ? Stream.of(why) : Stream.empty())
                .max(Comparator.naturalOrder())
                .filter(why -> why != Why.NOT_ASKED)
                .orElse(Why.REFUSED);
    }

    private static boolean refused(Part<?> part) {
        return part instanceof Missing<?>(Why why) && why == Why.REFUSED;
    }

    private static HubLensView hub(LensAnswer answer) throws Words.Malformed {
        answer.requireParts(11);
        return new HubLensView(
                answer.frame(),
                answer.ownNumber(),
                answer.part(0, w -> w.number(0)),
                answer.part(1, w -> w.address(0)),
                answer.part(2, w -> w.address(0)),
                answer.part(3, w -> w.address(0)),
                answer.part(4, w -> w.word(0)),
                answer.part(5, w -> true),
                answer.part(6, w -> w.offset(0) == 32),
                answer.part(7, w -> true),
                answer.part(8, w -> w.address(0)),
                answer.part(9, w -> w.address(0)),
                answer.part(10, w -> w.address(0)));
    }

    private static RegisteredView registered(LensAnswer answer, int from) throws Words.Malformed {
        return new RegisteredView(
                answer.part(from, w -> w.truth(0)),
                answer.part(from + 1, w -> w.truth(0)),
                answer.part(from + 2, w -> w.truth(0)));
    }

    @SuppressWarnings("rawtypes") // web3j declares its parameter lists so
    private static String arguments(Type... arguments) {
        return FunctionEncoder.encodeConstructor(List.of(arguments));
    }

    private static String code(String lens) {
        try (InputStream in = Lenses.class.getResourceAsStream(lens + ".hex")) {
            if (in == null) {
                throw new IllegalStateException("the compiled " + lens + " is missing from this build");
            }
            return "0x" + new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
