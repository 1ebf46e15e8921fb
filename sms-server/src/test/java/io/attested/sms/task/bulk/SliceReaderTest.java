package io.attested.sms.task.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.DatasetOrder;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of iExec contract section 4.7. */
class SliceReaderTest {
    private static final String ADDRESS = "0xAbCdEfAbCdEfAbCdEfAbCdEfAbCdEfAbCdEfAbCd";
    private static final String WORD = "0x" + "0".repeat(63) + "3";
    private static final String ORDER = "{\"dataset\":\"" + ADDRESS + "\",\"datasetprice\":\"0\",\"volume\":"
            + "\"9007199254740991\",\"tag\":\"" + WORD + "\",\"apprestrict\":\"" + ADDRESS
            + "\",\"workerpoolrestrict\":\"" + ADDRESS + "\",\"requesterrestrict\":\"" + ADDRESS + "\",\"salt\":\""
            + WORD + "\",\"sign\":\"0x00ff\"}";

    private final SliceReader reader = new SliceReader();

    private static ByteString bytes(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sliceIsTheElementAtTheTasksIndex() throws MalformedListException {
        ByteString root = bytes("[\"Qm0\", \"Qm1\",\"Qm2\"]");

        assertThat(reader.slice(root, 0)).isEqualTo("Qm0");
        assertThat(reader.slice(root, 2)).isEqualTo("Qm2");
        assertThatThrownBy(() -> reader.slice(root, 3))
                .isInstanceOf(MalformedListException.class)
                .hasMessage("the root has 3 elements, expected one at index 3 of the task");
        assertThatThrownBy(() -> reader.slice(root, Long.MAX_VALUE)).isInstanceOf(MalformedListException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "null", "\"Qm\"", "[1]", "[null]", "[[\"Qm\"]]", "[\"Qm\"", "[\"Qm\"] x"})
    void sliceWhenTheRootIsNoListOfCidsThenRefused(String root) {
        assertThatThrownBy(() -> reader.slice(bytes(root), 0)).isInstanceOf(MalformedListException.class);
    }

    @Test
    void sliceWhenItsCidIsLongThenRefused() {
        assertThatThrownBy(() -> reader.slice(bytes("[\"" + "a".repeat(129) + "\"]"), 0))
                .isInstanceOf(MalformedListException.class);
    }

    @Test
    void ordersAreReadWithNumbersAsTextOrNumbers() throws MalformedListException {
        String asNumbers = ORDER.replace("\"0\"", "7").replace("\"9007199254740991\"", "9007199254740991");

        assertThat(reader.orders(bytes("[" + ORDER + "," + asNumbers + "]")))
                .hasSize(2)
                .allSatisfy(order -> {
                    assertThat(order.dataset()).hasToString(ADDRESS.toLowerCase(Locale.ROOT));
                    assertThat(order.volume()).isEqualTo(BigInteger.TWO.pow(53).subtract(BigInteger.ONE));
                    assertThat(order.tag()).hasToString(WORD);
                    assertThat(order.signature().bytes()).containsExactly(0, 0xff);
                })
                .extracting(DatasetOrder::price)
                .containsExactly(BigInteger.ZERO, BigInteger.valueOf(7));
    }

    @Test
    void ordersAreAHundredAtMost() throws MalformedListException {
        assertThat(reader.orders(bytes("[" + String.join(",", Collections.nCopies(100, ORDER)) + "]")))
                .hasSize(100);
        for (int count : new int[] {0, 101}) {
            String list = "[" + String.join(",", Collections.nCopies(count, ORDER)) + "]";
            assertThatThrownBy(() -> reader.orders(bytes(list)))
                    .hasMessage("the slice has " + count + " orders, expected 1 to 100");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dataset",
                "datasetprice",
                "volume",
                "tag",
                "apprestrict",
                "workerpoolrestrict",
                "requesterrestrict",
                "salt",
                "sign"
            })
    void orderWhenAMemberIsMissingNullOrOfAnotherTypeThenRefusedByName(String member) {
        for (String other : new String[] {"null", "true", "[]", "{}", "1.5", "\"x\"", "\"-1\"", "-1", "\"0x0\""}) {
            String changed = ORDER.replaceFirst("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":" + other);
            assertThat(changed).isNotEqualTo(ORDER);
            assertThatThrownBy(() -> reader.orders(bytes("[" + ORDER + "," + changed + "]")))
                    .isInstanceOf(MalformedListException.class)
                    .hasMessage("member " + member + " of order 2 of the slice is missing or not of its type");
        }
        String without = ORDER.replaceFirst("\"" + member + "\":", "\"other\":");
        assertThatThrownBy(() -> reader.orders(bytes("[" + without + "]")))
                .hasMessageContaining("member " + member + " of order 1");
    }

    @ParameterizedTest
    @CsvSource({
        "115792089237316195423570985008687907853269984665640564039457584007913129639935, true",
        "115792089237316195423570985008687907853269984665640564039457584007913129639936, false",
        "0, true"
    })
    void numbersAreThoseOf256Bits(String number, boolean fits) {
        for (String volume : new String[] {number, "\"" + number + "\""}) {
            ByteString list = bytes("[" + ORDER.replace("\"9007199254740991\"", volume) + "]");
            if (fits) {
                assertThat(orders(list).volume()).isEqualTo(new BigInteger(number));
            } else {
                assertThatThrownBy(() -> reader.orders(list)).isInstanceOf(MalformedListException.class);
            }
        }
    }

    private DatasetOrder orders(ByteString list) {
        try {
            return reader.orders(list).getFirst();
        } catch (MalformedListException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void signatureIsUpToItsLongest() throws MalformedListException {
        String longest = ORDER.replace("0x00ff", "0x" + "ab".repeat(2048));
        assertThat(reader.orders(bytes("[" + longest + "]"))
                        .getFirst()
                        .signature()
                        .length())
                .isEqualTo(2048);
        String longer = ORDER.replace("0x00ff", "0x" + "ab".repeat(2049));
        assertThatThrownBy(() -> reader.orders(bytes("[" + longer + "]"))).isInstanceOf(MalformedListException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"x\"", "[1]", "[[]]", "[{\"a\":[[[[]]]]}]", "[{\"sign\":\"0x\",\"sign\":\"0x\"}]"})
    void ordersWhenItIsNoListOfObjectsThenRefused(String list) {
        assertThatThrownBy(() -> reader.orders(bytes(list))).isInstanceOf(MalformedListException.class);
    }
}
