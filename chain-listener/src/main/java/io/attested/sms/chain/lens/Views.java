package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.AssetView;
import io.attested.sms.contracts.DatasetView;
import io.attested.sms.contracts.DealView;
import io.attested.sms.contracts.TaskView;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.web3j.crypto.Hash;

/** From what the contracts answer to what it means, within bounds and with what can be recomputed recomputed. */
public final class Views {
    private static final Duration LONGEST_CATEGORY = Duration.ofDays(365L * 1000);

    /** Last second of the year 9999: far beyond any deadline, and printable as an instant. */
    private static final long LAST_SECOND = 253402300799L;

    private Views() {}

    /** Empty when the chain does not know the task. */
    public static Optional<Task> task(Bytes32 id, TaskView view) throws FactsRefused {
        TaskStatus status = TaskStatus.ofCode(small(view.status()))
                .orElseThrow(() -> FactsRefused.malformed("the task has a status that PoCo does not define"));
        Bytes32 dealId = Bytes32.of(view.dealId());
        if (status == TaskStatus.UNSET && dealId.isZero()) {
            return Optional.empty();
        }
        if (status == TaskStatus.UNSET || dealId.isZero()) {
            throw FactsRefused.inconsistent("the task has a status without a deal, or a deal without a status");
        }
        long index = longValue(view.index(), "the task's index");
        if (!taskId(dealId, index).equals(id)) {
            throw FactsRefused.inconsistent("the task's id is not the hash of its deal and index");
        }
        return Optional.of(new Task(
                id,
                status,
                dealId,
                index,
                instant(view.contributionDeadline(), "the contribution deadline"),
                instant(view.finalDeadline(), "the final deadline")));
    }

    /** The task's deal, which the task's index must be one of. */
    public static Deal deal(Task task, DealView view) throws FactsRefused {
        Deal deal = deal(task.dealId(), view);
        requireIndex(task, deal);
        return deal;
    }

    static void requireIndex(Task task, Deal deal) throws FactsRefused {
        if (task.index() < deal.botFirst() || task.index() - deal.botFirst() >= deal.botSize()) {
            throw FactsRefused.inconsistent("the task's index is not one of its deal");
        }
    }

    /** A deal, which must have an app and a workerpool. */
    static Deal deal(Bytes32 id, DealView view) throws FactsRefused {
        Asset dataset = asset(view.dataset());
        Deal deal = new Deal(
                id,
                asset(view.app()),
                dataset.address().isZero() ? Optional.empty() : Optional.of(dataset),
                asset(view.workerpool()),
                Bytes32.of(view.tag()),
                Address.parse(view.requester()),
                Address.parse(view.beneficiary()),
                Address.parse(view.callback()),
                view.params(),
                instant(view.startTime(), "the deal's start"),
                longValue(view.botFirst(), "the deal's first task"),
                longValue(view.botSize(), "the deal's size"),
                longValue(view.category(), "the deal's category"),
                view.trust());
        if (deal.app().address().isZero() || deal.workerpool().address().isZero()) {
            throw FactsRefused.inconsistent("the deal has no app or no workerpool");
        }
        return deal;
    }

    /** An application; the address is the one the view was asked for. */
    public static App app(Address address, AppView view) {
        return new App(
                address,
                Address.parse(view.owner()),
                view.type(),
                Multiaddress.text(view.multiaddr()),
                Bytes32.of(view.checksum()),
                RegisteredBytes.of(view.mrenclave()));
    }

    /** A dataset; the address is the one the view was asked for. */
    public static Dataset dataset(Address address, DatasetView view) {
        return new Dataset(
                address, Address.parse(view.owner()), Multiaddress.text(view.multiaddr()), Bytes32.of(view.checksum()));
    }

    /** A category of at most a thousand years. */
    public static Category category(long id, BigInteger seconds) throws FactsRefused {
        long unit = longValue(seconds, "the category's unit of time");
        if (unit > LONGEST_CATEGORY.toSeconds()) {
            throw FactsRefused.malformed("the category's unit of time is out of range");
        }
        return new Category(id, Duration.ofSeconds(unit));
    }

    /** {@code keccak256(dealId ‖ uint256 index)}. */
    static Bytes32 taskId(Bytes32 dealId, long index) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(dealId.bytes());
        message.writeBytes(ByteBuffer.allocate(32).putLong(24, index).array());
        return Bytes32.of(Hash.sha3(message.toByteArray()));
    }

    private static Asset asset(AssetView view) {
        return new Asset(Address.parse(view.pointer()), Address.parse(view.owner()));
    }

    static long longValue(BigInteger value, String what) throws FactsRefused {
        if (value.signum() < 0 || value.bitLength() > 63) {
            throw FactsRefused.malformed(what + " is out of range");
        }
        return value.longValue();
    }

    private static Instant instant(BigInteger seconds, String what) throws FactsRefused {
        long value = longValue(seconds, what);
        if (value > LAST_SECOND) {
            throw FactsRefused.malformed(what + " is out of range");
        }
        return Instant.ofEpochSecond(value);
    }

    private static int small(BigInteger status) {
        return status.bitLength() < 8 ? status.intValue() : -1;
    }
}
