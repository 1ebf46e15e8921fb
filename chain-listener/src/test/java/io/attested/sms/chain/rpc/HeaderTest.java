package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The first block of Ethereum's main chain, whose hash everybody knows. */
class HeaderTest {
    private static final String HASH = "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3";
    private static final String NO_TRANSACTIONS = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

    @Test
    void readWhenTheFirstBlockOfTheMainChainThenItsHashHolds() throws ReadFailure {
        assertThat(Header.read(block())).isEqualTo(new BlockRef(0, Bytes32.parse(HASH), Instant.EPOCH));
    }

    @Test
    void readWhenMembersOutsideTheHeaderDifferThenTheHashHoldsAllTheSame() throws ReadFailure {
        ObjectNode block = block();
        block.put("size", "0x21c").put("totalDifficulty", "0x400000000").put("l1BlockNumber", "0x7");
        block.set("baseFeePerGas", NullNode.getInstance());

        assertThat(Header.read(block).hash()).hasToString(HASH);
    }

    @ParameterizedTest
    @CsvSource({
        "hash, 0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa4",
        "stateRoot, " + NO_TRANSACTIONS,
        "timestamp, 0x1",
        "number, 0x1",
        "gasLimit, 0x1389",
        "extraData, 0x",
        "nonce, 0x0000000000000043",
        "baseFeePerGas, 0x7"
    })
    void readWhenOneMemberDiffersThenInconsistent(String member, String value) {
        assertFails(block().put(member, value), Kind.INCONSISTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parentHash", "logsBloom", "difficulty", "mixHash", "nonce", "hash", "timestamp"})
    void readWhenAMemberIsMissingOrNoHexThenMalformed(String member) {
        ObjectNode without = block();
        without.remove(member);

        assertFails(without, Kind.MALFORMED_ANSWER);
        assertFails(block().put(member, "0xg0"), Kind.MALFORMED_ANSWER);
        assertFails(block().put(member, 7), Kind.MALFORMED_ANSWER);
    }

    private static void assertFails(ObjectNode block, Kind kind) {
        assertThatExceptionOfType(ReadFailure.class)
                .isThrownBy(() -> Header.read(block))
                .satisfies(refused -> assertThat(refused.failure().kind()).isEqualTo(kind));
    }

    private static ObjectNode block() {
        String zero = "0x" + "0".repeat(64);
        return FakeNode.JSON
                .createObjectNode()
                .put("hash", HASH)
                .put("parentHash", zero)
                .put("sha3Uncles", "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347")
                .put("miner", "0x" + "0".repeat(40))
                .put("stateRoot", "0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544")
                .put("transactionsRoot", NO_TRANSACTIONS)
                .put("receiptsRoot", NO_TRANSACTIONS)
                .put("logsBloom", "0x" + "0".repeat(512))
                .put("difficulty", "0x400000000")
                .put("number", "0x0")
                .put("gasLimit", "0x1388")
                .put("gasUsed", "0x0")
                .put("timestamp", "0x0")
                .put("extraData", "0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa")
                .put("mixHash", zero)
                .put("nonce", "0x0000000000000042");
    }
}
