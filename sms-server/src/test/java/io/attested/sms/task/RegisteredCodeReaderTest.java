package io.attested.sms.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.RegisteredBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredCodeReaderTest {
    private static final String CODE = "16e7c11e75448e31c94d023e40ece7429fb17481bc62f521c8f70da9c48110a1";
    private static final String KEY = "5abc9e3a43e26870b9967ef31ea5572f90f8a12873425305f4fdff9e730e09c0";
    private static final String TAG = "d72cfe7975922ccb70b7b859970e16b0";

    private final RegisteredCodeReader reader = new RegisteredCodeReader();

    @ParameterizedTest
    @ValueSource(strings = {CODE + "|" + KEY + "|" + TAG, KEY + "|" + TAG + "|" + CODE})
    void readsBothOrdersOfAFingerprintAsTheSame(String text) {
        assertThat(read(text)).isInstanceOfSatisfying(RegisteredCode.Fingerprint.class, fingerprint -> {
            assertThat(fingerprint.mrEnclave().hex()).isEqualTo(CODE);
            assertThat(fingerprint.fspfKey().hex()).isEqualTo(KEY);
            assertThat(fingerprint.fspfTag().hex()).isEqualTo(TAG);
            assertThat(fingerprint.pipelineVersion()).isEmpty();
        });
    }

    @Test
    void readsUpperCaseAsTheSameBytes() {
        assertThat(read((CODE + "|" + KEY + "|" + TAG).toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(read(CODE + "|" + KEY + "|" + TAG));
    }

    @Test
    void readsTheHistoricalFormWithAnEntrypoint() {
        assertThat(read(KEY + "|" + TAG + "|" + CODE + "|node /app.js"))
                .isInstanceOfSatisfying(
                        RegisteredCode.Fingerprint.class,
                        fingerprint -> assertThat(fingerprint.entrypoint()).contains("node /app.js"));
    }

    @Test
    void readsAJsonConfigurationWithABareMeasurement() {
        assertThat(read(configuration("SCONE", CODE)))
                .isInstanceOfSatisfying(RegisteredCode.MeasuredImage.class, image -> {
                    assertThat(image.mrEnclave().hex()).isEqualTo(CODE);
                    assertThat(image.entrypoint()).isEqualTo("node /app/app.js");
                    assertThat(image.pipelineVersion()).contains("v5.9");
                });
    }

    @Test
    void whiteSpaceAroundAJsonConfigurationMeansNothing() {
        assertThat(read(" \r\n\t" + configuration("SCONE", CODE) + "\n")).isEqualTo(read(configuration("SCONE", CODE)));
    }

    @Test
    void readsAJsonConfigurationWithAFingerprintInside() {
        assertThat(read(configuration("scone", KEY + "|" + TAG + "|" + CODE)))
                .isInstanceOfSatisfying(RegisteredCode.Fingerprint.class, fingerprint -> {
                    assertThat(fingerprint.mrEnclave().hex()).isEqualTo(CODE);
                    assertThat(fingerprint.pipelineVersion()).contains("v5.9");
                });
    }

    @Test
    void takesTheChecksumOfATrustDomain() {
        App app = app("");

        assertThat(reader.read(app, TeeFramework.TDX)).isEqualTo(new RegisteredCode.TrustDomain(app.checksum()));
    }

    @Test
    void aTrustDomainOfTheChecksumZeroIsNone() {
        App app = app("");
        App without = new App(app.address(), app.owner(), app.type(), app.multiaddr(), Bytes32.ZERO, app.mrenclave());

        assertThat(reader.read(without, TeeFramework.TDX))
                .isInstanceOfSatisfying(
                        RegisteredCode.Unreadable.class,
                        code -> assertThat(code.configurationInvalid()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                CODE,
                CODE + "|" + KEY,
                CODE + "|" + KEY + "|" + TAG + "|",
                CODE + "|" + KEY + "|" + TAG + "|" + TAG,
                CODE + "|" + TAG + "|" + TAG,
                CODE + "|" + KEY + "|" + CODE,
                TAG + "|" + CODE + "|" + KEY,
                " " + CODE + "|" + KEY + "|" + TAG,
                CODE + "|" + KEY + "|" + TAG + "\n",
                KEY + "|" + TAG + "|" + CODE + "|",
                "0x" + CODE + "|" + KEY + "|" + TAG,
                "g6e7c11e75448e31c94d023e40ece7429fb17481bc62f521c8f70da9c48110a1|" + KEY + "|" + TAG,
                "{",
                "{}x",
                "{\"framework\":\"SCONE\",\"framework\":\"SCONE\"}",
                "{\"framework\":\"SCONE\",\"version\":\"v5\",\"entrypoint\":\"e\",\"heapSize\":1,\"fingerprint\":\""
                        + CODE + "\",\"more\":1}"
            })
    void refusesWhatIsNotRegisteredOrNotReadable(String text) {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        RegisteredCode.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.configurationInvalid()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"framework\":\"GRAMINE\",\"version\":\"v5\",\"entrypoint\":\"e\",\"heapSize\":1,\"fingerprint\":\""
                        + CODE + "\"}",
                "{\"version\":\"v5\",\"entrypoint\":\"e\",\"heapSize\":1,\"fingerprint\":\"" + CODE + "\"}",
                "{\"framework\":\"SCONE\",\"version\":\"v5\",\"entrypoint\":\"\",\"heapSize\":1,\"fingerprint\":\""
                        + CODE + "\"}",
                "{\"framework\":\"SCONE\",\"version\":\"v5\",\"entrypoint\":\"e\",\"heapSize\":0,\"fingerprint\":\""
                        + CODE + "\"}",
                "{\"framework\":\"SCONE\",\"version\":\"v5\",\"entrypoint\":\"e\",\"heapSize\":1,\"fingerprint\":\"\"}",
                "{\"framework\":\"SCONE\",\"version\":\"v5\",\"entrypoint\":\"e\",\"heapSize\":1,\"fingerprint\":\"00\"}"
            })
    void namesAConfigurationThatBreaksItsRules(String text) {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        RegisteredCode.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.configurationInvalid()).isTrue());
    }

    @Test
    void aGramineConfigurationNeedsNoEntrypoint() {
        assertThat(reader.read(
                        app("{\"framework\":\"GRAMINE\",\"version\":\"v5\",\"fingerprint\":\"" + CODE + "\"}"),
                        TeeFramework.GRAMINE))
                .isInstanceOf(RegisteredCode.MeasuredImage.class);
    }

    private RegisteredCode read(String text) {
        return reader.read(app(text), TeeFramework.SCONE);
    }

    private static String configuration(String framework, String fingerprint) {
        return "{\"framework\":\"" + framework
                + "\",\"version\":\"v5.9\",\"entrypoint\":\"node /app/app.js\",\"heapSize\":1073741824,\"fingerprint\":\""
                + fingerprint + "\"}";
    }

    private static App app(String mrenclave) {
        return new App(
                Address.parse("0x" + "11".repeat(20)),
                Address.parse("0x" + "22".repeat(20)),
                "DOCKER",
                "image",
                Bytes32.parse("0x" + "33".repeat(32)),
                RegisteredBytes.ofText(mrenclave));
    }

    @Test
    void bytesThatAreNoTextAreNothing() {
        App app = new App(Address.ZERO, Address.ZERO, "DOCKER", "image", Bytes32.ZERO, RegisteredBytes.of(new byte[] {
            (byte) 0xff, (byte) 0xfe
        }));

        assertThat(reader.read(app, TeeFramework.SCONE)).isInstanceOf(RegisteredCode.Unreadable.class);
    }
}
