package io.attested.sms.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.policy.PolicyRule;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.worker.verify.GeneratedVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sms evidence inspect} and {@code sms evidence verify} of one file. */
class EvidenceTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final Command sms = new Command();

    @Test
    void inspectShowsEveryFieldInAColumn() throws IOException {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        assertThat(sms.run("evidence", "inspect", quote)).isZero();
        assertThat(sms.out)
                .contains("quoteVersion             3\n", "mrEnclave                " + "11".repeat(32) + "\n")
                .contains("fmspc                    00c0de000001\n", "trailingBytes            0\n");
        assertThat(sms.run("evidence", "inspect", quote, "--json")).isZero();
        JsonNode fields = MAPPER.readTree(sms.out);
        assertThat(fields.get("reportData").stringValue()).isEqualTo("5a".repeat(64));
        assertThat(fields.get("isvSvn").intValue()).isZero();
    }

    @Test
    void inspectOfSomethingElseSaysWhatIsExpected() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "AwACAAAAAAAKAA8Ak5pyM/");
        assertThat(sms.run("evidence", "inspect", file)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("unreadable reason    MALFORMED_QUOTE\n");
        assertThat(sms.err).contains("binary quote");
        assertThat(sms.run("evidence", "inspect", folder.resolve("none"))).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void inspectShowsWhatStandsInHeaderQuotingEnclaveAndCertificates() throws IOException {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        assertThat(sms.run("evidence", "inspect", quote, "--json")).isZero();
        JsonNode fields = MAPPER.readTree(sms.out);
        assertThat(fields.propertyNames())
                .contains("qeSvn", "pceSvn", "qeIsvExtProdId", "qeIsvFamilyId", "qeConfigId", "qeConfigSvn", "sgxType");
        assertThat(fields.get("certificates").size()).isEqualTo(3);
        assertThat(fields.get("certificates").get(0).stringValue()).contains("CN=", ", serial ", "Z to ");
    }

    @Test
    void inspectOfACutQuoteShowsWhatCouldBeReadAndWhyNotAll() throws IOException {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        Files.write(quote, Arrays.copyOf(Files.readAllBytes(quote), 1000));
        assertThat(sms.run("evidence", "inspect", quote, "--json")).isEqualTo(ExitCode.REFUSED);
        JsonNode fields = MAPPER.readTree(sms.out);
        assertThat(fields.get("mrEnclave").stringValue()).isEqualTo("11".repeat(32));
        assertThat(fields.get("unreadable").get("reason").stringValue()).isEqualTo("MALFORMED_QUOTE");
        assertThat(fields.get("unreadable").propertyNames()).containsExactly("reason", "field", "expected", "seen");
    }

    @Test
    void inspectWhereSomethingFollowsTheChainThenThePlatformIsShown() throws IOException {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        byte[] bytes = Files.readAllBytes(quote);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);
        longer[bytes.length] = 'x';
        grow(longer, 432, 3);
        int chainLength = 436 + 64 + 64 + 384 + 64 + 2 + 32 + 2;
        grow(longer, chainLength, 3);
        Files.write(quote, longer);
        assertThat(sms.run("evidence", "inspect", quote)).as(sms.err).isZero();
        assertThat(sms.out)
                .contains("fmspc                    00c0de000001\n", "pckCpuSvn ", "trailingBytes            0\n");
    }

    private static void grow(byte[] quote, int offset, int by) {
        ByteBuffer numbers = ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putInt(offset, numbers.getInt(offset) + by);
    }

    @Test
    void foldersPipesAndLargeFilesAreNamed() throws Exception {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        assertThat(sms.run("evidence", "inspect", folder)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains(folder + " is a folder; give a file");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(sms.run("evidence", "inspect", pipe)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains("regular file");
        for (String option : List.of("--policy", "--root", "--collateral")) {
            List<Object> words = new ArrayList<>(List.of("evidence", "verify", quote, option, folder));
            if (!option.equals("--collateral")) {
                words.addAll(List.of("--collateral", folder.resolve("collateral.json")));
            }
            assertThat(sms.run(words.toArray())).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(sms.err).contains("is a folder; give a file");
        }
        Path large = Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);
        assertThat(sms.run("evidence", "inspect", large)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("more than 65536 bytes");
        Files.writeString(large, Files.readString(folder.resolve("root.pem")) + "\n".repeat(16 * 1024));
        assertThat(verify(SimulatedTcb.UP_TO_DATE, "--root", large)).isEqualTo(ExitCode.USAGE);
        assertThat(sms.run(
                        "evidence",
                        "verify",
                        quote,
                        "--collateral",
                        folder.resolve("collateral.json"),
                        "--root",
                        large))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("more than 16384 bytes");
    }

    @Test
    void escapesOfOthersNeverReachTheTerminal() throws IOException {
        String hostile = "\u001b]0;x\u0007\u009b31m\u202etxt.\u200b";
        Path policy = policy("{\"\\u001b]0;x\\u009b31m\\u202e\":true}");
        assertThat(verify(SimulatedTcb.UP_TO_DATE, "--policy", policy)).isEqualTo(ExitCode.REFUSED);
        assertPlain(sms.out + sms.err);
        sms.run("evidence", "inspect", folder.resolve(hostile));
        assertPlain(sms.err);
        sms.run("evidence", hostile);
        assertPlain(sms.err);
        sms.run("evidence", "verify", "--at", hostile);
        assertPlain(sms.err);
    }

    private static void assertPlain(String text) {
        assertThat(text.codePoints().filter(c -> c != '\n'))
                .isNotEmpty()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    @Test
    void verifiedAndAcceptedIsSuccessAndTellsTheForeignRoot() throws IOException {
        assertThat(verify(SimulatedTcb.UP_TO_DATE)).as(sms.err).isZero();
        assertThat(sms.out).contains("verdict", "VERIFIED", "UpToDate", "policy: accepted", "root.pem (NOT INTEL'S");
        assertThat(sms.err).contains("NOT INTEL'S ROOT");
        for (PolicyRule rule : PolicyRule.values()) {
            assertThat(sms.out).contains("\n" + rule.text() + "  ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SW_HARDENING", "OUT_OF_DATE"})
    void verifiedButNotAcceptedIsRefused(SimulatedTcb tcb) throws IOException {
        assertThat(verify(tcb)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("VERIFIED", "policy: refused", "  NO ");
    }

    @Test
    void aPolicyCanAcceptMoreAndLess() throws IOException {
        Path allow = policy("{\"tcb\":{\"acceptedAdvisories\":[\"INTEL-SA-00615\"]}}");
        assertThat(verify(SimulatedTcb.SW_HARDENING, "--policy", allow)).isZero();
        Path tdxOnly = policy("{\"acceptedTees\":[\"TDX\"]}");
        assertThat(verify(SimulatedTcb.UP_TO_DATE, "--policy", tdxOnly)).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void theGraceForCollateralIsThePolicys() throws IOException {
        Object[] late = {"--at", "2026-12-05T12:00:00Z"};
        assertThat(verify(SimulatedTcb.UP_TO_DATE, late)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("REJECTED", "CRL_EXPIRED");
        Path grace = policy("{\"collateral\":{\"grace\":\"P7D\"}}");
        assertThat(verify(SimulatedTcb.UP_TO_DATE, "--policy", grace, "--at", "2026-12-05T12:00:00Z"))
                .isZero();
        assertThat(sms.out).contains(", past", " less P7D");
    }

    @Test
    void rejectedSaysWhy() throws IOException {
        assertThat(verify(SimulatedTcb.REVOKED)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out)
                .contains("REJECTED", "reason", "TCB_REVOKED", "expected", "seen")
                .endsWith("cause and cure: docs/reference/evidence-reasons.md#tcb_revoked\n");
        assertThat(verify(SimulatedTcb.REVOKED, "--json")).isEqualTo(ExitCode.REFUSED);
        assertThat(MAPPER.readTree(sms.out).get("reason").stringValue()).isEqualTo("TCB_REVOKED");
    }

    @Test
    void jsonHoldsVerdictClaimsAndRules() throws IOException {
        assertThat(verify(SimulatedTcb.UP_TO_DATE, "--json")).isZero();
        JsonNode report = MAPPER.readTree(sms.out);
        assertThat(report.get("verdict").stringValue()).isEqualTo("VERIFIED");
        assertThat(report.get("trustRoot").stringValue()).isEqualTo("root.pem");
        assertThat(report.get("builtInRoot").booleanValue()).isFalse();
        assertThat(report.get("claims").get("mrEnclave").stringValue()).isEqualTo("11".repeat(32));
        assertThat(report.get("policy").get("accepted").booleanValue()).isTrue();
        assertThat(report.get("policy").get("rules").size()).isEqualTo(PolicyRule.values().length);
    }

    @Test
    void withoutRootIntelsIsTrusted() throws IOException {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        assertThat(sms.run("evidence", "verify", quote, "--collateral", folder.resolve("collateral.json")))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("CERT_CHAIN_UNTRUSTED", "intel-sgx-root");
        assertThat(sms.err).isEmpty();
    }

    @Test
    void withoutCollateralNothingIsVerified() throws IOException {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        assertThat(sms.run("evidence", "verify", quote)).isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("--collateral");
        assertThat(sms.run("evidence", "verify")).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "99999999999", "-1", ""})
    void timesOfAnotherFormAreWrongUsage(String time) throws IOException {
        assertThat(verify(SimulatedTcb.UP_TO_DATE, "--at", time)).isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("--at");
    }

    @Test
    void unreadablePoliciesAndRootsAreNamed() throws IOException {
        assertThat(verify(SimulatedTcb.UP_TO_DATE, "--policy", policy("{\"debug\":true}")))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("unknown member \"debug\"");
        Path quote = GeneratedVectors.writeSingle(folder, Optional.empty());
        Path notPem = Files.writeString(folder.resolve("not.pem"), "x");
        assertThat(sms.run(
                        "evidence",
                        "verify",
                        quote,
                        "--collateral",
                        folder.resolve("collateral.json"),
                        "--root",
                        notPem))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("not.pem is no root certificate");
        Files.writeString(folder.resolve("collateral.json"), "{}");
        assertThat(sms.run("evidence", "verify", quote, "--collateral", folder.resolve("collateral.json")))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("COLLATERAL_MALFORMED");
    }

    private Path policy(String json) throws IOException {
        return Files.writeString(folder.resolve("policy.json"), json);
    }

    private int verify(SimulatedTcb tcb, Object... more) throws IOException {
        Path quote = GeneratedVectors.writeSingle(folder, Optional.of(tcb));
        List<Object> words = new ArrayList<>(List.of(
                "evidence",
                "verify",
                quote,
                "--collateral",
                folder.resolve("collateral.json"),
                "--root",
                folder.resolve("root.pem")));
        words.addAll(List.of(more));
        if (!words.contains("--at")) {
            words.addAll(List.of("--at", GeneratedVectors.NOW));
        }
        return sms.run(words.toArray());
    }
}
