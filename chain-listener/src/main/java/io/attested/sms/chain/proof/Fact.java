package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.web3j.crypto.Hash;

/**
 * Something that a node said about PoCo at one block, to be proven against that block's state root.
 *
 * <p>Text is compared by its UTF-8 bytes: what was read from bytes that are no UTF-8 cannot be proven and is refused. Bytes
 * are those on chain, before any reading of what they mean.
 */
public sealed interface Fact {
    /**
     * Everything a right rests on, hanging together: the task's deal, the deal's app, dataset and category are these and
     * no others. Nothing else need be asked for a decision at the settled block.
     *
     * @param dataset empty when the deal has none
     */
    record RightsFact(Task task, Deal deal, Category category, AppFact app, Optional<DatasetFact> dataset)
            implements Fact {}

    /** A task with all its members. */
    record TaskFact(Task task) implements Fact {}

    /**
     * What says that a task is alive, as a veto reads it at the head.
     *
     * @param taskId chain task id
     * @param contributionDeadline whole seconds
     */
    record LivenessFact(Bytes32 taskId, TaskStatus status, Instant contributionDeadline) implements Fact {}

    /** There is no such task. */
    record NoTaskFact(Bytes32 taskId) implements Fact {}

    /** A deal with all its members; one without dataset holds the zero address in its place. */
    record DealFact(Deal deal) implements Fact {}

    /**
     * Who pays for a deal.
     *
     * @param dealId deal id
     * @param sponsor the requester, or whoever sponsored the match
     */
    record SponsorFact(Bytes32 dealId, Address sponsor) implements Fact {}

    /** A category's unit of time. */
    record CategoryFact(Category category) implements Fact {}

    /**
     * An application: that it is registered with the hub, whose it is, and what is written in it.
     *
     * @param address its contract
     * @param multiaddr as written, binary or text
     */
    record AppFact(
            Address address,
            Registry registry,
            Address owner,
            String type,
            RegisteredBytes multiaddr,
            Bytes32 checksum,
            RegisteredBytes mrenclave)
            implements Fact {}

    /**
     * A dataset: that it is registered with the hub, whose it is, and what is written in it.
     *
     * @param address its contract
     * @param multiaddr as written, binary or text
     */
    record DatasetFact(Address address, Registry registry, Address owner, RegisteredBytes multiaddr, Bytes32 checksum)
            implements Fact {}

    /** Whose an asset is, and that it is registered with the hub. */
    record OwnerFact(Address asset, Registry registry, Address owner) implements Fact {}

    /**
     * How much of an order's volume is used up; all of it once the order is cancelled.
     *
     * @param orderHash the order's EIP-712 hash
     * @param volume zero for an order the hub has never seen
     */
    record ConsumedFact(Bytes32 orderHash, BigInteger volume) implements Fact {}

    /**
     * Who signed an order by a transaction instead of a signature, as contract wallets do.
     *
     * @param orderHash the order's EIP-712 hash
     * @param signer the zero address for nobody
     */
    record PresignedFact(Bytes32 orderHash, Address signer) implements Fact {}

    /**
     * Which facet serves a function of the hub.
     *
     * @param selector the function's four bytes, big-endian
     * @param facet the zero address for a function that the hub does not know
     */
    record FacetFact(int selector, Address facet) implements Fact {
        /** @param signature canonical, such as {@code viewDeal(bytes32)} */
        public static FacetFact of(String signature, Address facet) {
            byte[] hash = Hash.sha3(signature.getBytes(StandardCharsets.UTF_8));
            return new FacetFact(ByteBuffer.wrap(hash).getInt(), facet);
        }
    }

    /**
     * The code of an account: the hub, a facet, a registry, an asset.
     *
     * @param codeHash keccak256 of the code
     */
    record CodeFact(Address account, Bytes32 codeHash) implements Fact {}
}
