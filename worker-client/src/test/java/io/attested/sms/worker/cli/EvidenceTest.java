package io.attested.sms.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.policy.PolicyRule;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.worker.verify.GeneratedVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        assertThat(sms.run("evidence", "inspect", file)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains("binary quote");
        assertThat(sms.run("evidence", "inspect", folder.resolve("none"))).isEqualTo(ExitCode.UNAVAILABLE);
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
        assertThat(sms.out).contains(", past");
    }

    @Test
    void rejectedSaysWhy() throws IOException {
        assertThat(verify(SimulatedTcb.REVOKED)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("REJECTED", "reason", "TCB_REVOKED", "expected", "seen");
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
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains("unknown member");
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
                .isEqualTo(ExitCode.UNAVAILABLE);
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
