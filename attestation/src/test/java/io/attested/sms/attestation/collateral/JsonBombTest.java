package io.attested.sms.attestation.collateral;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Allocation;
import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyParsing;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.source.CollateralBundle;
import io.attested.sms.attestation.tcb.QeIdentity;
import io.attested.sms.attestation.tcb.TcbInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON that asks for much work or says a thing twice: refused by every reader, in bounded memory. */
class JsonBombTest {
    private static final SimulatedIntel INTEL =
            SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32]);
    private static final int LENGTH = 120_000;
    private static final Pattern MEMBER = Pattern.compile("\"([A-Za-z_]+)\":");

    static Stream<String> bombs() {
        return Stream.of(
                "[".repeat(LENGTH),
                "{\"a\":".repeat(LENGTH / 5),
                "[".repeat(LENGTH / 2) + "]".repeat(LENGTH / 2),
                "{\"tcb\":".repeat(LENGTH / 8) + "1" + "}".repeat(LENGTH / 8),
                "{\"version\":" + "9".repeat(LENGTH) + "}",
                "{\"version\":1e999999999}",
                "{\"version\":-1e-999999999}",
                "{\"version\":0." + "0".repeat(LENGTH) + "1}",
                "{\"" + "a".repeat(LENGTH) + "\":1}",
                "{\"tcb_info\":\"" + "a".repeat(LENGTH),
                "{\"tcb_info\":\"" + "\\u0000".repeat(LENGTH / 6) + "\"}",
                "{\"x\":[" + "{},".repeat(LENGTH / 3) + "{}]}",
                "{\"x\":[" + "[],".repeat(LENGTH / 3) + "[]]}",
                "{" + "\"a\":1,".repeat(LENGTH / 6) + "\"a\":1}",
                " ".repeat(LENGTH) + "{}");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bombs")
    void bombsAreRefused(String json) {
        byte[] bytes = bytes(json);
        requireRefused(bytes, JsonBombTest::isCollateral);
        requireRefused(bytes, JsonBombTest::isPolicy);
        requireRefused(bytes, JsonBombTest::isTcbInfo);
        requireRefused(bytes, JsonBombTest::isQeIdentity);
        requireRefused(bytes, JsonBombTest::isBundle);
    }

    private static void requireRefused(byte[] bytes, Predicate<byte[]> reader) {
        Allocation<Boolean> read = Allocation.of(() -> reader.test(bytes));
        assertThat(read.answer()).isFalse();
        assertThat(read.bytes()).isLessThan(128L * LENGTH);
    }

    /** A bundle may be long, because it holds many platforms; what is in it is bounded all the same. */
    @Test
    void longBundlesOfSmallValuesAreRefusedInBoundedMemory() {
        int length = CollateralBundle.MAX_LENGTH - 100;
        for (String unit : new String[] {"{},", "[],", "[{\"a\":[1]}],", "1,", "\"\","}) {
            byte[] bytes = bytes("[" + unit.repeat(length / unit.length()) + "1]");
            Allocation<Boolean> read = Allocation.of(() -> isBundle(bytes));
            assertThat(read.answer()).as(unit).isFalse();
            assertThat(read.bytes()).as(unit).isLessThan(16L * 1024 * 1024);
        }
    }

    /** Each member of each object, wherever it stands, is refused when it stands there twice. */
    @Test
    void noMemberMayStandTwice() {
        Collateral good = INTEL.tdxCollateral();
        requireNoMemberTwice(good.toJson(), 9, JsonBombTest::isCollateral);
        requireNoMemberTwice(good.tcbInfo().toByteArray(), 30, JsonBombTest::isTcbInfo);
        requireNoMemberTwice(good.qeIdentity().toByteArray(), 15, JsonBombTest::isQeIdentity);
        requireNoMemberTwice(EvidencePolicy.standard().toJson(), 10, JsonBombTest::isPolicy);
        requireNoMemberTwice(
                bytes("[" + new String(good.toJson(), StandardCharsets.UTF_8) + "]"), 9, JsonBombTest::isBundle);
    }

    private static void requireNoMemberTwice(byte[] json, int atLeast, Predicate<byte[]> reader) {
        assertThat(reader.test(json)).isTrue();
        String text = new String(json, StandardCharsets.UTF_8);
        Matcher member = MEMBER.matcher(text);
        int members = 0;
        while (member.find()) {
            String twice = text.substring(0, member.start()) + member.group() + "0," + text.substring(member.start());
            assertThat(reader.test(bytes(twice))).as(twice).isFalse();
            members++;
        }
        assertThat(members).isGreaterThanOrEqualTo(atLeast);
    }

    private static boolean isCollateral(byte[] json) {
        return Collateral.parse(json) instanceof CollateralParsing.Parsed;
    }

    private static boolean isPolicy(byte[] json) {
        return EvidencePolicy.parse(json) instanceof PolicyParsing.Parsed;
    }

    private static boolean isBundle(byte[] json) {
        return CollateralBundle.read(json) instanceof CollateralBundle.Reading.Read;
    }

    private static boolean isTcbInfo(byte[] json) {
        try {
            TcbInfo.read(ByteString.copyOf(json));
            return true;
        } catch (EvidenceRejected refused) {
            return false;
        }
    }

    private static boolean isQeIdentity(byte[] json) {
        try {
            QeIdentity.read(ByteString.copyOf(json));
            return true;
        } catch (EvidenceRejected refused) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
