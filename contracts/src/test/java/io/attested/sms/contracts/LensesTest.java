package io.attested.sms.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.contracts.Part.Why;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lenses send, and what becomes of answers from anyone. */
class LensesTest {
    private static final String HUB = "0x" + "1a".repeat(20);
    private static final byte[] ID = filled(7);
    private static final int LIMIT_OF_CREATION_CODE = 49_152;

    @Test
    void dataEndsWithTheArgumentsAndStaysBelowTheLimitOfCreationCode() {
        assertThat(Lenses.task(HUB, ID, new byte[32]).data())
                .startsWith("0x60")
                .endsWith("0".repeat(24) + "1a".repeat(20) + "07".repeat(32) + "00".repeat(32));
        assertThat(Lenses.deal(HUB, ID).data()).endsWith("00".repeat(32) + "07".repeat(32));
        byte[] longest = new byte[Lenses.LONGEST_SIGNATURE];
        for (LensCall<?> call : List.of(
                Lenses.task(HUB, ID, ID),
                Lenses.owner(HUB, HUB),
                Lenses.hub(HUB),
                Lenses.wallet(HUB, HUB, ID, longest),
                Lenses.datasetOrders(HUB, ID, Collections.nCopies(Lenses.MOST_ORDERS, order(2048))))) {
            assertThat((call.data().length() - 2) / 2).isLessThanOrEqualTo(LIMIT_OF_CREATION_CODE);
        }
        assertThatThrownBy(() -> Lenses.wallet(HUB, HUB, ID, new byte[Lenses.LONGEST_SIGNATURE + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        for (List<DatasetOrderCall> orders : List.of(
                List.<DatasetOrderCall>of(),
                Collections.nCopies(Lenses.MOST_ORDERS + 1, order(65)),
                List.of(order(2049)))) {
            assertThatThrownBy(() -> Lenses.datasetOrders(HUB, ID, orders))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static DatasetOrderCall order(int signature) {
        BigInteger most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        return new DatasetOrderCall(HUB, most, most, ID, HUB, HUB, HUB, ID, new byte[signature]);
    }

    /** Source: the selector and layout that Solidity's ABI prescribes for this function. */
    @Test
    void judgeOfAnOrderHasTheSelectorTheOrderAndTheDeal() {
        String data = HexFormat.of().formatHex(order(65).judge(filled(9)));

        assertThat(data)
                .startsWith("80f03425" + "0".repeat(62) + "40" + "09".repeat(32) + "0".repeat(24) + "1a".repeat(20));
        assertThat(data).hasSize(2 * (4 + 32 * (2 + 9 + 1 + 3)));
    }

    @Test
    void decodeOfDatasetOrdersTellsEachPart() {
        byte[] owner = padded(HexFormat.of().parseHex("1a".repeat(20)));
        List<byte[]> parts = List.of(
                part(1, word(1)),
                part(1, owner),
                part(1, word(32), word(2), Arrays.copyOf(new byte[] {'a', 'b'}, 32)),
                part(1, word(5)),
                part(1),
                part(1, word(0)),
                part(0),
                part(0),
                part(0),
                part(2),
                part(1, owner));

        assertThat(Lenses.datasetOrders(HUB, ID, List.of(order(65), order(65))).decode(answer(parts)))
                .hasValueSatisfying(view -> {
                    assertThat(view.facet()).isEqualTo(new Part.Answered<>(HUB));
                    DatasetOrderView first = view.orders().getFirst();
                    assertThat(first.registered()).isEqualTo(new Part.Answered<>(true));
                    assertThat(first.owner()).isEqualTo(new Part.Answered<>(HUB));
                    assertThat(first.accepted()).isEqualTo(new Part.Answered<>(true));
                    assertThat(view.orders().getLast().registered()).isEqualTo(new Part.Answered<>(false));
                    assertThat(view.orders().getLast().accepted()).isEqualTo(new Part.Missing<>(Why.REFUSED));
                });
        assertThat(Lenses.datasetOrders(HUB, ID, List.of(order(65))).decode(answer(parts)))
                .isEmpty();
    }

    @Test
    void decodeWhenEveryPartHasAnotherOutcomeThenEachSaysItsOwn() {
        byte[] owner = padded(HexFormat.of().parseHex("1a".repeat(20)));
        List<byte[]> parts = List.of(part(1, owner), part(2), part(4), part(1, word(2)));

        assertThat(Lenses.owner(HUB, HUB).decode(answer(parts))).hasValueSatisfying(view -> {
            assertThat(view.frame().chainId()).isEqualTo(11);
            assertThat(view.frame().number()).isEqualTo(12);
            assertThat(view.frame().parentHash()).isEqualTo(word(13));
            assertThat(view.frame().timestamp()).isEqualTo(14);
            assertThat(view.frame().hubCodeHash()).isEqualTo(word(15));
            assertThat(view.codeSize()).isEqualTo(16);
            assertThat(view.owner()).isEqualTo(new Part.Answered<>(HUB));
            assertThat(view.registered().app()).isEqualTo(new Part.Missing<>(Why.REFUSED));
            assertThat(view.registered().dataset()).isEqualTo(new Part.Missing<>(Why.NO_GAS));
            assertThat(view.registered().workerpool()).isEqualTo(new Part.Missing<>(Why.MALFORMED));
        });
    }

    @ParameterizedTest(name = "word {0} is {1}")
    @CsvSource({"0, 21", "1, 0", "8, ffffffff", "8, 7fffffff", "9, 3", "9, 5", "9, 7fffffff", "10, 7fffffff"})
    void decodeWhenOneWordIsNotOfThisLensThenEmpty(int index, String value) {
        byte[] answer = bytes(answer(List.of(part(0), part(0), part(0), part(0))));
        assertThat(Lenses.owner(HUB, HUB).decode(hex(answer))).isPresent();
        byte[] other = padded(HexFormat.of().parseHex(value.length() % 2 == 0 ? value : "0" + value));

        System.arraycopy(other, 0, answer, 32 * index, 32);

        assertThat(Lenses.owner(HUB, HUB).decode(hex(answer))).isEmpty();
    }

    @Test
    void decodeWhenAPartHasAnUndefinedOutcomeThenEmpty() {
        assertThat(Lenses.owner(HUB, HUB).decode(answer(List.of(part(5), part(0), part(0), part(0)))))
                .isEmpty();
    }

    @Test
    void decodeWhenAnswersAreAlteredAtRandomThenNeverAnException() {
        Random random = new Random(20);
        byte[] honest = bytes(answer(List.of(part(1, word(1)), part(1, word(1)), part(2), part(1, word(0)))));
        for (int i = 0; i < 20_000; i++) {
            byte[] altered = Arrays.copyOf(honest, honest.length - (i % 3 == 0 ? random.nextInt(honest.length) : 0));
            for (int j = random.nextInt(4); j >= 0 && altered.length > 0; j--) {
                altered[random.nextInt(altered.length)] = (byte) (random.nextInt(4) * 32);
            }
            assertThatCode(() -> {
                        Lenses.owner(HUB, HUB).decode(hex(altered));
                        Lenses.task(HUB, ID, ID).decode(hex(altered));
                        Lenses.hub(HUB).decode(hex(altered));
                        Lenses.wallet(HUB, HUB, ID, ID).decode(hex(altered));
                        Lenses.datasetOrders(HUB, ID, List.of(order(65))).decode(hex(altered));
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void decodeWhenTaskLensIsAlteredAtRandomThenNeverAnException() {
        Random random = new Random(21);
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            byte[] content = new byte[32 * 26];
            content[31] = 32;
            parts.add(part(1, content));
        }
        byte[] honest = bytes(answer(parts));
        assertThat(Lenses.task(HUB, ID, ID).decode(hex(honest))).isPresent();
        for (int i = 0; i < 5_000; i++) {
            byte[] altered = honest.clone();
            for (int j = random.nextInt(8); j >= 0; j--) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> Lenses.task(HUB, ID, ID).decode(hex(altered))).doesNotThrowAnyException();
        }
    }

    /** As Solidity encodes {@code (frame of 6 words, one word, (uint256, bytes)[])}. */
    private static String answer(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(word(32));
        out.writeBytes(Arrays.copyOf("sms-lens/1".getBytes(StandardCharsets.US_ASCII), 32));
        for (int i = 11; i <= 16; i++) {
            out.writeBytes(word(i));
        }
        out.writeBytes(word(8 * 32));
        out.writeBytes(word(parts.size()));
        int offset = parts.size() * 32;
        for (byte[] part : parts) {
            out.writeBytes(word(offset));
            offset += part.length;
        }
        parts.forEach(out::writeBytes);
        return hex(out.toByteArray());
    }

    private static byte[] part(int outcome, byte[]... content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(word(outcome));
        out.writeBytes(word(64));
        out.writeBytes(word(Arrays.stream(content).mapToInt(c -> c.length).sum()));
        Arrays.stream(content).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] word(long value) {
        return padded(BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] padded(byte[] bytes) {
        byte[] word = new byte[32];
        System.arraycopy(bytes, 0, word, 32 - bytes.length, bytes.length);
        return word;
    }

    private static byte[] filled(int value) {
        byte[] word = new byte[32];
        Arrays.fill(word, (byte) value);
        return word;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
