package io.attested.sms.attestation.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
    private static final String EXTENSION = ByteString.copyOf(
                    SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32])
                            .pckTerms(SimulatedTcb.SW_HARDENING, true)
                            .pckExtension()
                            .orElseThrow())
            .hex();

    @ParameterizedTest
    @ValueSource(strings = {"3000", "020100", "020200ff", "300602010102010a", "0400", "0101ff"})
    void derIsRead(String hex) throws IOException {
        assertThat(Der.read(HexFormat.of().parseHex(hex))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3001",
                "300000",
                "30800000",
                "308000",
                "30810400000000",
                "3081030201",
                "02020001",
                "020100020100",
                "3005020100",
                "300302017f00",
                "3084ffffffff",
                "3083ffffff",
                "010101",
                "1f8101",
                "0c01ff80"
            })
    void anythingElseIsRefused(String hex) {
        assertThatThrownBy(() -> Der.read(HexFormat.of().parseHex(hex))).isInstanceOf(IOException.class);
    }

    @Test
    void nestingIsBounded() throws IOException {
        assertThat(Der.read(nested(20))).isNotNull();
        assertThatThrownBy(() -> Der.read(nested(60))).isInstanceOf(IOException.class);
    }

    @Test
    void signatureValueIsTwoPositiveNumbersThatFit() throws IOException {
        assertThat(Der.rawSignature(HexFormat.of().parseHex("3006020101020102")))
                .hasSize(64)
                .satisfies(raw -> assertThat(raw[31]).isEqualTo((byte) 1))
                .satisfies(raw -> assertThat(raw[63]).isEqualTo((byte) 2));
        for (String hex : new String[] {
            "3006020100020102",
            "30060201ff020102",
            "3003020101",
            "3009020101020102020103",
            "3026022101" + "00".repeat(32) + "020101"
        }) {
            assertThatThrownBy(() -> Der.rawSignature(HexFormat.of().parseHex(hex)))
                    .as(hex)
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
    }

    @Test
    void pckExtensionGivesThePlatform() throws IOException {
        PckExtension platform = PckExtension.read(ByteString.ofHex(EXTENSION));
        assertThat(platform.components()).isEqualTo(SimulatedTcb.SW_HARDENING.components());
        assertThat(platform.components().unsigned(4)).isEqualTo(255);
        assertThat(platform.pceSvn()).isEqualTo(13);
        assertThat(platform.fmspc().hex()).isEqualTo("00c0de000001");
        assertThat(platform.pceId().hex()).isEqualTo("0000");
    }

    @Test
    void pckExtensionLackingOrRepeatingAMemberIsRefused() {
        String prefix = "060a2a864886f84d010d01";
        String fmspc = prefix + "04";
        refuse(EXTENSION.replace(fmspc, prefix + "0f"));
        refuse(EXTENSION.replace(fmspc, prefix + "03"));
        String firstSvn = "060b2a864886f84d010d0102";
        refuse(EXTENSION.replace(firstSvn + "01", firstSvn + "02"));
        refuse(EXTENSION.replace(firstSvn + "05020200ff", firstSvn + "0502020100"));
        refuse(EXTENSION.replace(firstSvn + "01020106", firstSvn + "010201ff"));
        refuse("3000");
        refuse("020101");
    }

    private static void refuse(String hex) {
        assertThat(hex).isNotEqualTo(EXTENSION);
        assertThatThrownBy(() -> PckExtension.read(ByteString.ofHex(hex)))
                .as(hex)
                .isInstanceOf(IOException.class);
    }

    /** {@code depth} sequences inside one another. */
    private static byte[] nested(int depth) {
        byte[] bytes = new byte[2 * depth];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = 0x30;
            bytes[2 * i + 1] = (byte) (2 * (depth - 1 - i));
        }
        return bytes;
    }

    @Test
    void datesAreUtcToTheSecond() throws IOException {
        assertThat(Der.instant(new Time(new DERUTCTime("491231235959Z")))).isEqualTo("2049-12-31T23:59:59Z");
        assertThat(Der.instant(new Time(new DERUTCTime("500101000000Z")))).isEqualTo("1950-01-01T00:00:00Z");
        assertThat(Der.instant(new Time(new DERGeneralizedTime("20500101000000Z"))))
                .isEqualTo("2050-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20500101000000.5Z",
                "20500101000000+0100",
                "20501301000000Z",
                "20500101000060Z",
                "205001010000Z",
                "20500101000000",
                "20500101000000+0000"
            })
    void otherDatesAreRefused(String text) {
        refuseDate(0x18, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4901010000Z", "490101000000+0000", "490101000000+0100", "490101000000", "491301000000Z"})
    void otherShortDatesAreRefused(String text) {
        refuseDate(0x17, text);
    }

    /** As received, because the library's own classes for these types complete what is missing. */
    private static void refuseDate(int tag, String text) {
        byte[] der = (" ".repeat(2) + text).getBytes(StandardCharsets.US_ASCII);
        der[0] = (byte) tag;
        der[1] = (byte) text.length();
        assertThatThrownBy(() -> Der.instant(Time.getInstance(ASN1Primitive.fromByteArray(der))))
                .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    }

    @Test
    void listsAreCappedBeforeTheyAreRead() {
        assertThatThrownBy(() -> RevocationList.read("list", ByteString.copyOf(new byte[Der.MAX_LIST_LENGTH + 1])))
                .hasMessageContaining("at most 1048576 bytes");
    }

    @Test
    void childrenAreTheirOwnEncodings() {
        byte[] der = HexFormat.of().parseHex("3081850201013081" + "7f".repeat(1) + "04" + "7d" + "00".repeat(125));
        assertThat(Der.children(ByteString.copyOf(der)))
                .extracting(ByteString::length)
                .containsExactly(3, 130);
    }
}
