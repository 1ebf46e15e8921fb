package io.attested.sms.contracts;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * The reads of PoCo 6 that the service makes, of the hub unless said otherwise.
 *
 * <p>Hubs older than PoCo 6 have no {@code viewApp} and {@code viewDataset} and cannot be read. Members are numbered as
 * in the contracts' structs; what the service does not need is not decoded.
 */
public final class PocoCalls {
    /** Words of {@code (address pointer, address owner, uint256 price)}, which a deal holds three times in a row. */
    private static final int ASSET_WORDS = 3;

    private static final int PARAMS = 15;

    /** Deals of hubs before PoCo 5.5 end before this member: their params begin in its place. */
    private static final int SPONSOR = 21;

    private PocoCalls() {}

    /** @param taskId 32 bytes */
    public static ContractCall<TaskView> viewTask(byte[] taskId) {
        return new ContractCall<>(data("viewTaskABILegacy", new Bytes32(taskId)), PocoCalls::task);
    }

    /** @param dealId 32 bytes */
    public static ContractCall<DealView> viewDeal(byte[] dealId) {
        return new ContractCall<>(data("viewDeal", new Bytes32(dealId)), PocoCalls::deal);
    }

    /** Seconds of the category's {@code workClockTimeRef}; the hub reverts for an unknown category. */
    public static ContractCall<BigInteger> viewCategory(BigInteger category) {
        return new ContractCall<>(
                data("viewCategory", new Uint256(category)),
                answer -> answer.tuple(0).number(2));
    }

    /** @param app address, {@code 0x} and 40 digits */
    public static ContractCall<AppView> viewApp(String app) {
        return new ContractCall<>(data("viewApp", new Address(app)), PocoCalls::app);
    }

    /** @param dataset address, {@code 0x} and 40 digits */
    public static ContractCall<DatasetView> viewDataset(String dataset) {
        return new ContractCall<>(data("viewDataset", new Address(dataset)), PocoCalls::dataset);
    }

    /** {@code owner()} of any contract that has one (ERC-173), hub or asset. */
    public static ContractCall<String> owner() {
        return new ContractCall<>(data("owner"), answer -> answer.address(0));
    }

    /** {@code registry()} of an asset: the registry that holds its ownership. */
    public static ContractCall<String> registry() {
        return new ContractCall<>(data("registry"), answer -> answer.address(0));
    }

    /** {@code previous()} of a registry: the one it replaced, the zero address for none. */
    public static ContractCall<String> previous() {
        return new ContractCall<>(data("previous"), answer -> answer.address(0));
    }

    @SuppressWarnings("rawtypes") // web3j declares its parameter lists so
    private static String data(String name, Type... arguments) {
        return FunctionEncoder.encode(new Function(name, List.of(arguments), List.of()));
    }

    static TaskView task(Words task) throws Words.Malformed {
        return new TaskView(task.number(0), task.word(1), task.number(2), task.number(4), task.number(6));
    }

    static DealView deal(Words answer) throws Words.Malformed {
        Words deal = answer.tuple(0);
        return new DealView(
                asset(deal, 0),
                asset(deal, ASSET_WORDS),
                asset(deal, 2 * ASSET_WORDS),
                deal.number(9),
                deal.number(10),
                deal.word(11),
                deal.address(12),
                deal.address(13),
                deal.address(14),
                deal.text(PARAMS),
                deal.number(16),
                deal.number(17),
                deal.number(18),
                deal.offset(PARAMS) <= SPONSOR * Words.WORD ? Optional.empty() : Optional.of(deal.address(SPONSOR)));
    }

    static AppView app(Words answer) throws Words.Malformed {
        Words view = answer.tuple(0);
        return new AppView(view.address(0), view.text(2), view.bytes(3), view.word(4), view.bytes(5));
    }

    static DatasetView dataset(Words answer) throws Words.Malformed {
        Words view = answer.tuple(0);
        return new DatasetView(view.address(0), view.bytes(2), view.word(3));
    }

    private static AssetView asset(Words deal, int at) throws Words.Malformed {
        return new AssetView(deal.address(at), deal.address(at + 1));
    }
}
