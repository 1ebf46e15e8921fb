package io.attested.sms.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.simulated.PccsStandIn;
import io.attested.sms.attestation.simulated.PccsStandIn.Behaviour;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bundles: {@code sms evidence collateral} and {@code sms evidence verify} with what it wrote. */
@Timeout(300)
class EvidenceCollateralTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOW = Instant.parse("2026-11-20T09:58:00Z");

    private final SimulatedIntel intel = SimulatedIntel.ofSeed(NOW, new byte[32]);
    private final SimulatedIntel impostor =
            SimulatedIntel.ofSeed(NOW, "another seed of 32 bytes exactly".getBytes(StandardCharsets.US_ASCII));
    private final PccsStandIn pccs = PccsStandIn.start();
    private final Command sms = new Command();

    @TempDir
    private Path folder;

    private Path root;
    private Path quote;
    private Path bundle;

    @BeforeEach
    void write() throws IOException {
        pccs.publish("sgx", SimulatedIntel.FMSPC_HEX, "platform", intel.collateral());
        root = Files.writeString(folder.resolve("root.pem"), intel.rootPem());
        quote = quote(intel, "quote.bin");
        bundle = folder.resolve("bundle.json");
    }

    @AfterEach
    void stop() {
        pccs.close();
    }

    private Path quote(SimulatedIntel of, String name) throws IOException {
        return Files.write(
                folder.resolve(name), SimulatedEnclave.of(of, new byte[32]).quote(new byte[64]));
    }

    private int export(Path... quotes) {
        Object[] arguments = new Object[9 + 2 * quotes.length];
        Object[] fixed = {"evidence", "collateral", "export", "--source", pccs.base(), "--out", bundle, "--root", root};
        System.arraycopy(fixed, 0, arguments, 0, fixed.length);
        for (int i = 0; i < quotes.length; i++) {
            arguments[fixed.length + 2 * i] = "--quote";
            arguments[fixed.length + 2 * i + 1] = quotes[i];
        }
        return sms.run(arguments);
    }

    private int show(Path file, Object... more) {
        return more.length == 0
                ? sms.run("evidence", "collateral", "show", file, "--root", root)
                : sms.run("evidence", "collateral", "show", file, "--root", root, more[0]);
    }

    @Test
    void exportedBundleShowsAndVerifies() {
        assertThat(export(quote, quote)).as(sms.err).isZero();
        assertThat(pccs.requests()).hasSize(4);
        assertThat(sms.out).contains("sgx  00c0de000001  platform");
        assertThat(show(bundle)).as(sms.err).isZero();
        assertThat(sms.out.lines()).hasSize(2).allMatch(line -> line.length() <= 80);
        assertThat(sms.run("evidence", "verify", quote, "--collateral", bundle, "--root", root))
                .as(sms.out + sms.err)
                .isZero();
    }

    @Test
    void jsonHasTheSameContent() {
        assertThat(export(quote)).as(sms.err).isZero();
        assertThat(show(bundle, "--json")).isZero();
        JsonNode entry = JSON.readTree(sms.out).path("entries").path(0);
        assertThat(entry.path("checks").asBoolean()).isTrue();
        assertThat(entry.path("fmspc").asString()).isEqualTo("00c0de000001");
        assertThat(Instant.parse(entry.path("nextUpdate").asString())).isAfter(NOW);
    }

    @Test
    void forgedQuoteIsRefusedAndNobodyIsAsked() throws IOException {
        assertThat(export(quote(impostor, "forged.bin"))).isEqualTo(ExitCode.REFUSED);
        assertThat(pccs.requests()).isEmpty();
        assertThat(bundle).doesNotExist();
    }

    @Test
    void sourceThatIsDownLeavesNoFile() {
        pccs.behave(Behaviour.DOWN);
        assertThat(export(quote)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains("nothing is written");
        assertThat(bundle).doesNotExist();
    }

    @Test
    void fileThatIsThereIsNotReplacedAndNobodyIsAsked() throws IOException {
        Files.writeString(bundle, "mine");
        assertThat(export(quote)).isEqualTo(ExitCode.REFUSED);
        assertThat(bundle).hasContent("mine");
        assertThat(pccs.requests()).isEmpty();
    }

    @Test
    void sourceThatIsNoAddressIsAUsageError() {
        for (String source : new String[] {"intel", "ftp://a.example", "https://user:word@a.example", "https://"}) {
            assertThat(sms.run(
                            "evidence", "collateral", "export", "--source", source, "--quote", quote, "--out", bundle))
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void alteredOrForeignOrExpiredEntryEndsWith3() throws IOException {
        String good = new String(intel.collateral().toJson(), StandardCharsets.UTF_8);
        String foreign = new String(impostor.collateral().toJson(), StandardCharsets.UTF_8);
        Path two = Files.writeString(folder.resolve("two.json"), "[" + good + "," + foreign + "]");
        assertThat(show(two)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("entry 1 does not check").doesNotContain("entry 0");
        Instant old = NOW.minusSeconds(7200);
        String dates = "\"issueDate\":\"" + old + "\",\"nextUpdate\":\"" + old.plusSeconds(60) + "\"";
        Path late = Files.write(
                folder.resolve("late.json"),
                intel.collateralDraft()
                        .tcbInfo(json -> json.replaceFirst("\"issueDate\":\"[^,]*,\"nextUpdate\":\"[^\"]*\"", dates))
                        .sign()
                        .toJson());
        assertThat(show(late)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("00c0de000001", "2026-11-20T07:59:00Z");
        assertThat(sms.err).contains("entry 0 does not check");
        assertThat(show(quote)).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void verifyTakesTheEntryOfThePlatformAndNoOther() throws IOException {
        String sgx = new String(intel.collateral().toJson(), StandardCharsets.UTF_8);
        String tdx = new String(intel.tdxCollateral().toJson(), StandardCharsets.UTF_8);
        Path both = Files.writeString(folder.resolve("both.json"), "[" + tdx + "," + sgx + "]");
        Path other = Files.writeString(folder.resolve("other.json"), "[" + tdx + "]");
        assertThat(sms.run("evidence", "verify", quote, "--collateral", both, "--root", root))
                .as(sms.out)
                .isZero();
        assertThat(sms.run("evidence", "verify", quote, "--collateral", other, "--root", root))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("TCB_INFO_MISMATCH");
    }
}
