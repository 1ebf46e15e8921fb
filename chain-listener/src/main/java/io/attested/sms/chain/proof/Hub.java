package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Where PoCo 6.1 and 6.2 keep their values in the hub's storage.
 *
 * <p>The hub is a diamond; PoCo's struct starts at the ERC-7201 slot of {@code iexec.poco.storage.PocoStorage}, the
 * diamond's own mapping from function to facet at the Keccak of {@code diamond.standard.diamond.storage}. Source:
 * {@code PocoStorageLib} and {@code IexecLibCore_v5} of {@code @iexec/poco}, {@code LibDiamond} of diamond-1. Members are
 * counted in slots: each of those named here fills its own.
 *
 * @param address the hub
 */
record Hub(Address address) {
    private static final Bytes32 POCO =
            new Bytes32("0x5862653c6982c162832160cf30593645e8487b257e44d77cdd6b51eee2651b00");
    private static final Bytes32 DIAMOND =
            new Bytes32("0xc8fcad8db84d3cc18b4c41d551ea0ee66dd599cde068d998e57d5e09332c131c");
    private static final int PRESIGNED = 12;
    private static final int CONSUMED = 13;
    private static final int DEALS = 14;
    private static final int TASKS = 15;
    private static final int CATEGORIES = 21;
    private static final BigInteger SLOTS_OF_A_CATEGORY = BigInteger.valueOf(3);

    /** {@code m_tasks[id]}. */
    Place task(Bytes32 id) {
        return new Place("task", address, Word.entry(Word.plus(POCO, TASKS), id));
    }

    /** {@code m_deals[id]}. */
    Place deal(Bytes32 id) {
        return new Place("deal", address, Word.entry(Word.plus(POCO, DEALS), id));
    }

    /** {@code m_consumed[orderHash]}. */
    Place consumed(Bytes32 orderHash) {
        return new Place("order.consumed", address, Word.entry(Word.plus(POCO, CONSUMED), orderHash));
    }

    /** {@code m_presigned[orderHash]}. */
    Place presigned(Bytes32 orderHash) {
        return new Place("order.presigned", address, Word.entry(Word.plus(POCO, PRESIGNED), orderHash));
    }

    /** {@code m_categories[id]}. */
    Place category(long id) {
        Bytes32 first = Word.elements(Word.plus(POCO, CATEGORIES));
        return new Place("category", address, Word.plus(first, SLOTS_OF_A_CATEGORY.multiply(BigInteger.valueOf(id))));
    }

    /** {@code m_appregistry} and its siblings. */
    Place registry(Registry.Kind kind) {
        return new Place("hub." + kind.label() + "Registry", address, Word.plus(POCO, kind.ordinal()));
    }

    /** {@code facetAddressAndSelectorPosition[selector]}: the facet in the low 20 bytes, its position above. */
    Place facet(int selector) {
        byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(selector).array();
        return new Place("hub.facet", address, Word.entry(DIAMOND, Word.leftAligned(key)));
    }
}
