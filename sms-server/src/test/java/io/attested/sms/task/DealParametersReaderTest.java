package io.attested.sms.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DealParametersReaderTest {
    private final DealParametersReader reader = new DealParametersReader();

    @Test
    void readsEveryMember() {
        DealParameters parameters = reader.read("""
                {"iexec_args":"--do something","iexec_input_files":["https://a/b"],"iexec_result_encryption":true,
                 "iexec_result_storage_provider":"dropbox","iexec_result_storage_proxy":"https://p",
                 "iexec_secrets":{"1":"one","12":"twelve"},"bulk_cid":"Qm"}""");

        assertThat(parameters.arguments()).isEqualTo("--do something");
        assertThat(parameters.inputFiles()).containsExactly("https://a/b");
        assertThat(parameters.resultEncryption()).isTrue();
        assertThat(parameters.storesAtDropbox()).isTrue();
        assertThat(parameters.storageProxy()).isEqualTo("https://p");
        assertThat(parameters.requesterSecrets()).isEqualTo(Map.of(1, "one", 12, "twelve"));
        assertThat(parameters.bulkCid()).isEqualTo("Qm");
    }

    @Test
    void anUnknownMemberDoesNotDropEncryption() {
        assertThat(reader.read("{\"iexec_developer_logger\":true,\"iexec_result_encryption\":true}")
                        .resultEncryption())
                .isTrue();
    }

    @Test
    void textAfterTheObjectDoesNotDropEncryption() {
        assertThat(reader.read("{\"iexec_result_encryption\":true}}").resultEncryption())
                .isTrue();
        assertThat(reader.read("{\"iexec_result_encryption\":true} --more").resultEncryption())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\"", "\"yes\"", "1", "{}", "[]"})
    void whateverDoesNotSayNoAsksForEncryption(String wish) {
        assertThat(reader.read("{\"iexec_result_encryption\":" + wish + "}").resultEncryption())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null", "\"false\"", "\"no\"", "0", "\"\""})
    void whatSaysNoDoesNot(String wish) {
        assertThat(reader.read("{\"iexec_result_encryption\":" + wish + "}").resultEncryption())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--plain text",
                "[1]",
                "\"text\"",
                "{\"a\":",
                "null",
                "1e999999999999999999999999999999999999"
            })
    void textThatIsNoObjectIsTheArguments(String params) {
        assertThat(reader.read(params).arguments()).isEqualTo(params);
        assertThat(reader.read(params).resultEncryption()).isFalse();
    }

    @Test
    void secretsWithoutAPositiveNumberAreLeftOut() {
        assertThat(reader.read(
                                "{\"iexec_secrets\":{\"0\":\"a\",\"-1\":\"b\",\"x\":\"c\",\"01\":\"d\",\"+5\":\"f\",\"2147483648\":\"g\","
                                        + "\"99999999999\":\"h\",\"\":\"i\",\"6\":null,\"7\":[],\"4\":\"e\"}}")
                        .requesterSecrets())
                .isEqualTo(Map.of(4, "e"));
    }

    @Test
    void everyPositiveNumberOfTheContractIsAnIndex() {
        assertThat(reader.read("{\"iexec_secrets\":{\"1000000\":\"a\",\"2147483647\":\"b\",\"2\":3}}")
                        .requesterSecrets())
                .isEqualTo(Map.of(1_000_000, "a", Integer.MAX_VALUE, "b", 2, "3"));
    }

    @Test
    void aNumberAmongTheFilesKeepsItsPlace() {
        assertThat(reader.read("{\"iexec_input_files\":[\"https://a\",5,true,\"https://b\"]}")
                        .inputFiles())
                .containsExactly("https://a", "5", "true", "https://b");
    }

    @Test
    void depthTakesNothingAway() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThat(reader.read("{\"iexec_args\":" + deep + "}").arguments()).isEmpty();
        assertThat(reader.read("{\"iexec_result_encryption\":" + deep + "}").resultEncryption())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("unknownMembers")
    void noUnknownMemberDropsEncryption(String member) {
        for (String params : List.of(
                "{\"iexec_result_encryption\":true,\"x\":" + member + ",\"iexec_args\":\"--a\"}",
                "{\"x\":" + member + ",\"iexec_result_encryption\":true,\"iexec_args\":\"--a\"}")) {
            assertThat(reader.read(params).resultEncryption()).isTrue();
            assertThat(reader.read(params).arguments()).isEqualTo("--a");
        }
    }

    static Stream<String> unknownMembers() {
        return Stream.of(
                "1".repeat(33),
                "1".repeat(20_000),
                "0." + "1".repeat(2_000),
                "1e999999999999",
                "[".repeat(17) + "]".repeat(17),
                "[".repeat(20_000) + "]".repeat(20_000),
                "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
                "\"\\ud800\"",
                "\"" + "n".repeat(100_000) + "\"",
                "{\"" + "n".repeat(60_000) + "\":1}");
    }
}
