package io.attested.sms.attestation.collateral;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.CollateralParsing.Malformed;
import io.attested.sms.attestation.collateral.CollateralParsing.Parsed;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CollateralTest {
    private static final Collateral GOOD = SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32])
            .collateral();
    private static final String JSON = new String(GOOD.toJson(), StandardCharsets.UTF_8);

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(parse(JSON)).isEqualTo(new Parsed(GOOD));
        assertThat(Collateral.parse(GOOD.toJsonNode())).isEqualTo(new Parsed(GOOD));
    }

    @Test
    void signedTextIsKeptByteForByte() {
        String spaced = JSON.replace("\\\"version\\\":3", "\\\"version\\\" :  3");
        assertThat(parse(spaced))
                .isInstanceOfSatisfying(
                        Parsed.class,
                        parsed -> assertThat(
                                        new String(parsed.collateral().tcbInfo().toByteArray(), StandardCharsets.UTF_8))
                                .contains("\"version\" :  3"));
    }

    @Test
    void chainBesideTheQuoteIsOptional() {
        String more = "{\"pck_certificate_chain\":\"x\"," + JSON.substring(1);
        assertThat(parse(more))
                .isInstanceOfSatisfying(
                        Parsed.class,
                        parsed -> assertThat(parsed.collateral().pckCertificateChain())
                                .contains("x"));
    }

    @ParameterizedTest
    @MethodSource("members")
    void everyMemberIsNeeded(String member) {
        ObjectNode without = GOOD.toJsonNode();
        without.remove(member);
        assertThat(Collateral.parse(without)).isEqualTo(malformed(member, "there", "missing"));
        ObjectNode empty = GOOD.toJsonNode().put(member, "");
        assertThat(Collateral.parse(empty)).isEqualTo(malformed(member, "a non-empty string", "\"\""));
        ObjectNode number = GOOD.toJsonNode().put(member, 1);
        assertThat(Collateral.parse(number)).isInstanceOf(Malformed.class);
    }

    static Stream<String> members() {
        return Stream.of(
                "pck_crl_issuer_chain",
                "root_ca_crl",
                "pck_crl",
                "tcb_info_issuer_chain",
                "tcb_info",
                "tcb_info_signature",
                "qe_identity_issuer_chain",
                "qe_identity",
                "qe_identity_signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "\"x\"", "{}", "{", "{} {}", "{\"a\":NaN}", "\u0000"})
    void otherJsonIsMalformed(String json) {
        assertThat(parse(json)).isInstanceOf(Malformed.class);
    }

    @Test
    void unknownAndDuplicateMembersAreRefused() {
        assertThat(detail("{\"extra\":1," + JSON.substring(1))).contains("unknown member");
        assertThat(detail("{\"pck_crl\":\"00\"," + JSON.substring(1))).contains("duplicate");
        assertThat(detail(JSON + "{}")).contains("a JSON object");
    }

    @Test
    void signaturesHave64Bytes() {
        String signature = GOOD.tcbInfoSignature().hex();
        assertThat(detail(JSON.replace(signature, signature.substring(2))))
                .isEqualTo("collateral.tcb_info_signature is 63 bytes, expected 64 bytes");
        assertThat(detail(JSON.replace(signature, signature + "00"))).contains("65 bytes");
        assertThat(detail(JSON.replace(signature, "zz" + signature.substring(2))))
                .contains("hexadecimal");
        assertThat(detail(JSON.replace("\"" + signature + "\"", "7"))).contains("string");
    }

    @Test
    void oversizedCollateralIsNotRead() {
        assertThat(detail(JSON + " ".repeat(Collateral.MAX_JSON_LENGTH))).contains("at most");
        assertThat(detail("{\"pck_certificate_chain\":\"" + "x".repeat(70_000) + "\"," + JSON.substring(1)))
                .isNotBlank();
        assertThat(detail("[".repeat(10_000))).isNotBlank();
    }

    private static Malformed malformed(String member, String expected, String seen) {
        return new Malformed(
                new Verdict.Rejected(RejectionReason.COLLATERAL_MALFORMED, "collateral." + member, expected, seen));
    }

    private static String detail(String json) {
        return ((Malformed) parse(json)).rejection().detail();
    }

    private static CollateralParsing parse(String json) {
        return Collateral.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
