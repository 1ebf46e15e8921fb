package io.attested.sms.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PocoCallsTest {
    private static final byte[] ID = new byte[32];
    private static final String ADDRESS = "0x" + "1a".repeat(20);
    private static final List<ContractCall<?>> ALL = List.of(
            PocoCalls.viewTask(ID),
            PocoCalls.viewDeal(ID),
            PocoCalls.viewCategory(BigInteger.TEN),
            PocoCalls.viewApp(ADDRESS),
            PocoCalls.viewDataset(ADDRESS),
            PocoCalls.owner());

    @Test
    void dataStartsWithTheSelectorsOfTheDeployedContracts() {
        assertThat(ALL)
                .extracting(call -> call.data().substring(0, 10))
                .containsExactly("0x248ad6a0", "0xb74861b2", "0x4f5f44ec", "0xe1523fb4", "0x1e143ef7", "0x8da5cb5b");
        assertThat(PocoCalls.viewApp(ADDRESS).data()).endsWith("0".repeat(24) + "1a".repeat(20));
        assertThat(PocoCalls.viewCategory(BigInteger.TEN).data()).endsWith("0".repeat(63) + "a");
    }

    @Test
    void decodeWhenDealIsWellFormedThenEveryMemberIsInItsPlace() {
        List<String> words = deal(text("{\"a\":\"é\"}"));

        assertThat(PocoCalls.viewDeal(ID).decode(hex(words))).hasValueSatisfying(deal -> {
            assertThat(deal.app()).isEqualTo(new AssetView(address(1), address(2)));
            assertThat(deal.dataset()).isEqualTo(new AssetView(address(4), address(5)));
            assertThat(deal.workerpool()).isEqualTo(new AssetView(address(7), address(8)));
            assertThat(deal.trust()).isEqualTo(10);
            assertThat(deal.category()).isEqualTo(11);
            assertThat(deal.tag()).isEqualTo(HexFormat.of().parseHex(word(12)));
            assertThat(deal.requester()).isEqualTo(address(13));
            assertThat(deal.beneficiary()).isEqualTo(address(14));
            assertThat(deal.callback()).isEqualTo(address(15));
            assertThat(deal.params()).isEqualTo("{\"a\":\"é\"}");
            assertThat(deal.startTime()).isEqualTo(17);
            assertThat(deal.botFirst()).isEqualTo(18);
            assertThat(deal.botSize()).isEqualTo(19);
        });
    }

    @Test
    void decodeWhenParamsAreEmptyThenEmptyText() {
        assertThat(PocoCalls.viewDeal(ID).decode(hex(deal(List.of(word(0))))))
                .hasValueSatisfying(deal -> assertThat(deal.params()).isEmpty());
    }

    @ParameterizedTest(name = "word {0} is {1}")
    @CsvSource({
        "0, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0, 0000000000000000000000000000000000000000000000000000000080000000",
        "0, 0000000000000000000000000000000000000000000000010000000000000020",
        "1, 0000000000000000000000010000000000000000000000000000000000000001",
        "16, 000000000000000000000000000000000000000000000000000000007fffffff",
        "16, 0000000000000000000000000000000000000000000000010000000000000000",
        "23, 0000000000000000000000000000000000000000000000000000000000000041",
        "23, 000000000000000000000000000000000000000000000000000000007fffffff",
        "23, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    })
    void decodeWhenOneWordLeadsOutsideThenEmpty(int index, String replacement) {
        List<String> words = deal(text("0123456789012345678901234567890123456789012345678901234567890123"));
        assertThat(PocoCalls.viewDeal(ID).decode(hex(words))).isPresent();

        words.set(index, replacement);

        assertThat(PocoCalls.viewDeal(ID).decode(hex(words))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "0x0", "<html>", "0xzz", "1a", "0X00", "null"})
    void decodeWhenAnswerIsNoDataThenEmpty(String answer) {
        assertThat(ALL).allSatisfy(call -> assertThat(call.decode(answer)).isEmpty());
    }

    @Test
    void decodeWhenTruncatedAnywhereThenEmpty() {
        String whole = hex(deal(text("0123456789")));
        int needed = 2 + 2 * (24 * 32 + 10);

        for (int length = 0; length < needed; length++) {
            assertThat(PocoCalls.viewDeal(ID).decode(whole.substring(0, length)))
                    .as("%d characters", length)
                    .isEmpty();
        }
        assertThat(PocoCalls.viewDeal(ID).decode(whole.substring(0, needed))).isPresent();
    }

    @Test
    void decodeWhenBytesAreArbitraryThenNeverAnException() {
        Random random = new Random(20260);
        for (int round = 0; round < 20_000; round++) {
            List<String> words = deal(text("0123456789"));
            for (int change = random.nextInt(4); change >= 0; change--) {
                words.set(random.nextInt(words.size()), mutated(random));
            }
            String answer = hex(words).substring(0, 2 + 2 * random.nextInt(words.size() * 32 + 1));
            assertThatCode(() -> ALL.forEach(call -> call.decode(answer))).doesNotThrowAnyException();
        }
    }

    private static String mutated(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> word(random.nextInt(1000));
            case 1 -> "f".repeat(random.nextInt(65)).concat("0".repeat(64)).substring(0, 64);
            default -> String.format("%064x", new BigInteger(256, random));
        };
    }

    /** A deal whose member n is the number n, its params last. */
    private static List<String> deal(List<String> params) {
        List<String> words = new ArrayList<>();
        words.add(word(32));
        for (int i = 1; i <= 22; i++) {
            words.add(word(i == 16 ? 22 * 32 : i));
        }
        words.addAll(params);
        return words;
    }

    private static List<String> text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String digits = HexFormat.of().formatHex(bytes);
        List<String> words = new ArrayList<>(List.of(word(bytes.length)));
        for (int at = 0; at < digits.length(); at += 64) {
            words.add((digits.substring(at) + "0".repeat(64)).substring(0, 64));
        }
        return words;
    }

    private static String word(long value) {
        return String.format("%064x", value);
    }

    private static String address(int value) {
        return "0x" + word(value).substring(24);
    }

    private static String hex(List<String> words) {
        return "0x" + String.join("", words);
    }
}
