package io.attested.sms.contracts;

import io.attested.sms.contracts.PocoTypes.AppStruct;
import io.attested.sms.contracts.PocoTypes.AssetStruct;
import io.attested.sms.contracts.PocoTypes.CategoryStruct;
import io.attested.sms.contracts.PocoTypes.DatasetStruct;
import io.attested.sms.contracts.PocoTypes.DealStruct;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.Utils;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;

/**
 * The reads of PoCo 6 that the service makes, of the hub unless said otherwise.
 *
 * <p>Hubs older than PoCo 6 have no {@code viewApp} and {@code viewDataset} and cannot be read.
 */
public final class PocoCalls {
    private PocoCalls() {}

    /** @param taskId 32 bytes */
    public static ContractCall<TaskView> viewTask(byte[] taskId) {
        // The tail (consensus, contributors, results) is of any length, is not needed and is not decoded.
        List<TypeReference<?>> head = List.of(
                new TypeReference<Uint8>() {},
                new TypeReference<Bytes32>() {},
                new TypeReference<Uint256>() {},
                new TypeReference<Uint256>() {},
                new TypeReference<Uint256>() {},
                new TypeReference<Uint256>() {},
                new TypeReference<Uint256>() {});
        return call(
                "viewTaskABILegacy",
                new Bytes32(taskId),
                head,
                words -> new TaskView(
                        number(words.get(0)),
                        ((Bytes32) words.get(1)).getValue(),
                        number(words.get(2)),
                        number(words.get(4)),
                        number(words.get(6))));
    }

    /** @param dealId 32 bytes */
    public static ContractCall<DealView> viewDeal(byte[] dealId) {
        return call("viewDeal", new Bytes32(dealId), List.of(new TypeReference<DealStruct>() {}), values -> {
            DealStruct deal = (DealStruct) values.getFirst();
            return new DealView(
                    asset(deal.app),
                    asset(deal.dataset),
                    asset(deal.workerpool),
                    deal.trust.getValue(),
                    deal.category.getValue(),
                    deal.tag.getValue(),
                    deal.requester.getValue(),
                    deal.beneficiary.getValue(),
                    deal.callback.getValue(),
                    deal.params.getValue(),
                    deal.startTime.getValue(),
                    deal.botFirst.getValue(),
                    deal.botSize.getValue());
        });
    }

    /** Seconds of the category's {@code workClockTimeRef}; the hub reverts for an unknown category. */
    public static ContractCall<BigInteger> viewCategory(BigInteger category) {
        return call(
                "viewCategory",
                new Uint256(category),
                List.of(new TypeReference<CategoryStruct>() {}),
                values -> ((CategoryStruct) values.getFirst()).workClockTimeRef.getValue());
    }

    /** @param app address */
    public static ContractCall<AppView> viewApp(String app) {
        return call("viewApp", new Address(app), List.of(new TypeReference<AppStruct>() {}), values -> {
            AppStruct struct = (AppStruct) values.getFirst();
            return new AppView(
                    struct.owner.getValue(),
                    struct.type.getValue(),
                    struct.multiaddr.getValue(),
                    struct.checksum.getValue(),
                    struct.mrenclave.getValue());
        });
    }

    /** @param dataset address */
    public static ContractCall<DatasetView> viewDataset(String dataset) {
        return call("viewDataset", new Address(dataset), List.of(new TypeReference<DatasetStruct>() {}), values -> {
            DatasetStruct struct = (DatasetStruct) values.getFirst();
            return new DatasetView(struct.owner.getValue(), struct.multiaddr.getValue(), struct.checksum.getValue());
        });
    }

    /** {@code owner()} of any contract that has one (ERC-173), hub or asset. */
    public static ContractCall<String> owner() {
        return new ContractCall<>(
                FunctionEncoder.encode(new org.web3j.abi.datatypes.Function("owner", List.of(), List.of())),
                Utils.convert(List.of(new TypeReference<Address>() {})),
                values -> ((Address) values.getFirst()).getValue());
    }

    private static <T> ContractCall<T> call(
            String name, Type<?> argument, List<TypeReference<?>> outputs, Function<List<Type>, T> meaning) {
        String data =
                FunctionEncoder.encode(new org.web3j.abi.datatypes.Function(name, Arrays.asList(argument), outputs));
        return new ContractCall<>(data, Utils.convert(outputs), meaning);
    }

    private static BigInteger number(Type<?> word) {
        return (BigInteger) word.getValue();
    }

    private static AssetView asset(AssetStruct struct) {
        return new AssetView(struct.pointer.getValue(), struct.owner.getValue());
    }
}
