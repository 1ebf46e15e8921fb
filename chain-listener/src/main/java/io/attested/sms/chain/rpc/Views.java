package io.attested.sms.chain.rpc;

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
import java.util.Optional;
import org.web3j.crypto.Hash;

/** From what the contracts answer to what it means, within bounds and with what can be recomputed recomputed. */
final class Views {
    private static final Duration LONGEST_CATEGORY = Duration.ofDays(365L * 1000);

    private Views() {}

    /** Empty when the chain does not know the task. */
    static Optional<Task> task(Bytes32 id, TaskView view) throws ReadFailure {
        TaskStatus status = TaskStatus.ofCode(small(view.status()))
                .orElseThrow(() -> ReadFailure.malformed("the task has a status that PoCo does not define"));
        Bytes32 dealId = Bytes32.of(view.dealId());
        if (status == TaskStatus.UNSET && dealId.isZero()) {
            return Optional.empty();
        }
        if (status == TaskStatus.UNSET || dealId.isZero()) {
            throw ReadFailure.inconsistent("the task has a status without a deal, or a deal without a status");
        }
        long index = Quantity.longValue(view.index(), "the task's index");
        if (!taskId(dealId, index).equals(id)) {
            throw ReadFailure.inconsistent("the task's id is not the hash of its deal and index");
        }
        return Optional.of(new Task(
                id,
                status,
                dealId,
                index,
                Quantity.instant(view.contributionDeadline(), "the contribution deadline"),
                Quantity.instant(view.finalDeadline(), "the final deadline")));
    }

    static Deal deal(Task task, DealView view) throws ReadFailure {
        Asset dataset = asset(view.dataset());
        Deal deal = new Deal(
                task.dealId(),
                asset(view.app()),
                dataset.address().isZero() ? Optional.empty() : Optional.of(dataset),
                asset(view.workerpool()),
                Bytes32.of(view.tag()),
                Address.parse(view.requester()),
                Address.parse(view.beneficiary()),
                Address.parse(view.callback()),
                view.params(),
                Quantity.instant(view.startTime(), "the deal's start"),
                Quantity.longValue(view.botFirst(), "the deal's first task"),
                Quantity.longValue(view.botSize(), "the deal's size"),
                Quantity.longValue(view.category(), "the deal's category"),
                view.trust());
        if (deal.app().address().isZero() || deal.workerpool().address().isZero()) {
            throw ReadFailure.inconsistent("the task's deal has no app or no workerpool");
        }
        if (task.index() < deal.botFirst() || task.index() - deal.botFirst() >= deal.botSize()) {
            throw ReadFailure.inconsistent("the task's index is not one of its deal");
        }
        return deal;
    }

    static App app(Address address, AppView view) {
        return new App(
                address,
                Address.parse(view.owner()),
                view.type(),
                Multiaddress.text(view.multiaddr()),
                Bytes32.of(view.checksum()),
                RegisteredBytes.of(view.mrenclave()));
    }

    static Dataset dataset(Address address, DatasetView view) {
        return new Dataset(
                address, Address.parse(view.owner()), Multiaddress.text(view.multiaddr()), Bytes32.of(view.checksum()));
    }

    static Category category(long id, BigInteger seconds) throws ReadFailure {
        long unit = Quantity.longValue(seconds, "the category's unit of time");
        if (unit > LONGEST_CATEGORY.toSeconds()) {
            throw ReadFailure.malformed("the category's unit of time is out of range");
        }
        return new Category(id, Duration.ofSeconds(unit));
    }

    private static Bytes32 taskId(Bytes32 dealId, long index) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(dealId.bytes());
        message.writeBytes(ByteBuffer.allocate(32).putLong(24, index).array());
        return Bytes32.of(Hash.sha3(message.toByteArray()));
    }

    private static Asset asset(AssetView view) {
        return new Asset(Address.parse(view.pointer()), Address.parse(view.owner()));
    }

    private static int small(BigInteger status) {
        return status.bitLength() < 8 ? status.intValue() : -1;
    }
}
