package io.attested.sms.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.worker.verify.GeneratedVectors;
import io.attested.sms.worker.verify.VectorResult;
import io.attested.sms.worker.verify.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code sms evidence verify --vectors}. */
class EvidenceVectorsTest {
    private static final List<String> EVIDENCE_FILES =
            List.of("quote.bin", "collateral.json", "root.pem", "report.bin", "signer.der", "chain.pem");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final Command sms = new Command();
    private int count;

    @BeforeEach
    void generate() throws IOException {
        count = GeneratedVectors.write(folder);
    }

    @ParameterizedTest
    @EnumSource(AmdProduct.class)
    void generatedVectorsOfGuestsAgreeAndNoExpectationCanBeAltered(AmdProduct product, @TempDir Path guest)
            throws IOException {
        GeneratedVectors.writeGuest(guest, product);
        VectorResult good = new Vectors(guest).compare(guest);
        assertThat(good.got()).containsEntry("revocationChecked", true);
        assertThat(good.agrees()).as(good.toString()).isTrue();
        String original = Files.readString(guest.resolve("expected.json"));
        for (String section : List.of("report", "signer", "expected")) {
            for (String member :
                    List.copyOf(MAPPER.readTree(original).get(section).propertyNames())) {
                ObjectNode changed = (ObjectNode) MAPPER.readTree(original);
                alter((ObjectNode) changed.get(section), member);
                Files.writeString(guest.resolve("expected.json"), changed.toString());
                assertThat(new Vectors(guest).compare(guest).agrees())
                        .as("%s.%s", section, member)
                        .isFalse();
            }
        }
    }

    @Test
    void aGuestIsVerifiedUnderANamedRootOnly(@TempDir Path guest) throws IOException {
        GeneratedVectors.writeGuest(guest, AmdProduct.GENOA);
        Object[] words = {
            "evidence",
            "verify",
            guest.resolve("report.bin"),
            "--collateral",
            guest.resolve("collateral.json"),
            "--at",
            "2026-11-01T12:00:00Z"
        };
        assertThat(sms.run(words)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("CERT_CHAIN_UNTRUSTED").doesNotContain("intel");
        Object[] named = Arrays.copyOf(words, words.length + 2);
        named[words.length] = "--root";
        named[words.length + 1] = guest.resolve("root.pem");
        assertThat(sms.run(named)).as("no minimum was named").isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("VERIFIED", "snp-vmpl", "snp-reported-tcb", "a minimum for Genoa in the policy");
        Object[] judged = Arrays.copyOf(named, named.length + 2);
        judged[named.length] = "--policy";
        judged[named.length + 1] = Files.writeString(
                guest.resolve("policy.json"),
                "{\"acceptedTees\":[\"SEV_SNP\"],\"snp\":{\"highestVmpl\":1,"
                        + "\"minimumTcb\":{\"Genoa\":\"0000000000000000\"}}}");
        assertThat(sms.run(judged)).as(sms.out + sms.err).isZero();
        assertThat(sms.out).contains("(NOT AMD'S;");
        assertThat(sms.run("evidence", "inspect", guest.resolve("report.bin"))).isZero();
        assertThat(sms.out).contains("reportedTcb", "platformInfo", "reportIdMa", "signatureR", "committedVersion");
        Files.writeString(guest.resolve("collateral.json"), "{\"signer\":\"zz\",\"chain\":\"x\"}");
        assertThat(sms.run(named)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("COLLATERAL_MALFORMED");
    }

    @Test
    void generatedVectorsAgree() {
        assertThat(run()).as(sms.out).isZero();
        assertThat(sms.out)
                .contains("good/deep/er/hardening", "TCB_REVOKED", count + " vectors, " + count + " agree, 0 do not")
                .doesNotContain(" NO");
    }

    @Test
    void jsonIsOneObjectForEachVector() {
        assertThat(sms.run("evidence", "verify", "--vectors", folder, "--json")).isZero();
        List<String> lines = sms.out.lines().toList();
        assertThat(lines).hasSize(count);
        for (String line : lines) {
            JsonNode object = MAPPER.readTree(line);
            assertThat(object.propertyNames()).containsExactly("vector", "expected", "got", "agrees");
            assertThat(object.get("agrees").booleanValue()).isTrue();
        }
    }

    @Test
    void oneVectorsFolderIsEnough() {
        assertThat(sms.run("evidence", "verify", "--vectors", folder.resolve("choice")))
                .isZero();
        assertThat(sms.out).contains("1 vector, 1 agrees, 0 do not");
    }

    /** Every value of every expectation, one at a time. */
    @Test
    void anyAlteredExpectationDisagreesAndChangesNothingElse() throws IOException {
        int altered = 0;
        for (Path vector : new Vectors(folder).folders()) {
            Path file = vector.resolve("expected.json");
            String original = Files.readString(file);
            Map<String, Object> got = compare(vector).got();
            for (String section : List.of("quote", "expected")) {
                for (String member :
                        List.copyOf(MAPPER.readTree(original).get(section).propertyNames())) {
                    ObjectNode changed = (ObjectNode) MAPPER.readTree(original);
                    alter((ObjectNode) changed.get(section), member);
                    Files.writeString(file, changed.toString());
                    VectorResult result = compare(vector);
                    assertThat(result.agrees())
                            .as("%s %s %s", vector, section, changed.get(section))
                            .isFalse();
                    assertThat(result.got()).isEqualTo(got);
                    altered++;
                }
            }
            Files.writeString(file, original);
        }
        assertThat(altered).isGreaterThan(100);
    }

    private static void alter(ObjectNode object, String member) {
        JsonNode value = object.get(member);
        if (member.equals("outcome")) {
            object.put(member, value.stringValue().equals("VERIFIED") ? "REJECTED" : "VERIFIED");
        } else if (value.isBoolean()) {
            object.put(member, !value.booleanValue());
        } else if (value.isNumber()) {
            object.put(member, value.intValue() + 1);
        } else if (member.equals("reasonsAccepted")) {
            object.putArray(member).add("PCK_REVOKED");
        } else if (value instanceof ArrayNode array) {
            array.add("INTEL-SA-00001");
        } else {
            object.put(member, "0" + value.stringValue().substring(1) + "0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "good/current ! \"outcome\":\"VERIFIED\" ! \"outcome\":\"REJECTED\" ! outcome",
                "good/current ! \"tcbStatus\":\"UpToDate\" ! \"tcbStatus\":\"OutOfDate\" ! tcbStatus",
                "good/current ! ,\"tcbStatus\":\"UpToDate\" ! '' ! tcbStatus",
                "good/deep/er/hardening ! INTEL-SA-00615 ! INTEL-SA-00616 ! advisoryIds",
                "good/deep/er/hardening ! [\"INTEL-SA-00615\"] ! [] ! advisoryIds",
                "bad/revoked-level ! TCB_REVOKED ! PCK_REVOKED ! reason",
                "bad/revoked-level ! \"Revoked\" ! \"OutOfDate\" ! tcbStatus",
                "bad/truncated ! -100 ! 0 ! quote.trailingBytes",
                "bad/truncated ! \"quoteVersion\":3 ! \"quoteVersion\":4 ! quote.quoteVersion",
                "choice ! CERT_CHAIN_UNTRUSTED ! CERT_CHAIN_INVALID ! reason",
                "choice ! DESIGN_CHOICE ! VERIFIED ! outcome",
                "parse-only ! \"isvSvn\":0 ! \"isvSvn\":1 ! quote.isvSvn",
                "parse-only ! \"isvSvn\":0 ! \"isvSvn\":\"0\" ! quote.isvSvn",
                "parse-only ! \"isvSvn\":0 ! \"isvSvn\":null ! quote.isvSvn",
                "parse-only ! \"isvSvn\":0 ! \"fieldOfLaterTimes\":0 ! quote.fieldOfLaterTimes",
                "parse-only ! PARSE_ONLY ! VERIFIED ! outcome",
                "parse-only ! PARSE_ONLY ! SOMETHING ! outcome"
            })
    void alteredExpectationChangesTheExitCode(String vector, String from, String to, String named) throws IOException {
        edit(vector, from, to);
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains(" NO", named + ": expected ", "agree, 1 does not");
    }

    @Test
    void timeIsTheVectors() throws IOException {
        String at = Long.toString(GeneratedVectors.NOW.getEpochSecond());
        edit("good/current", at, Long.toString(GeneratedVectors.NOW.getEpochSecond() + 40 * 86_400));
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("REJECTED CRL_EXPIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expected.json", "root.pem", "collateral.json"})
    void anUnreadableFileDisagrees(String file) throws IOException {
        Files.writeString(folder.resolve("good/current").resolve(file), "{\"expected\":1}");
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("agree, 1 does not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "253402300800", "\"today\"", "1.5"})
    void anImpossibleTimeMakesOneVectorUnreadableAndTheRestIsJudged(String time) throws IOException {
        edit("good/current", Long.toString(GeneratedVectors.NOW.getEpochSecond()), time);
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("UNREADABLE", "validAt", (count - 1) + " agree, 1 does not");
    }

    @Test
    void aTimeThatIsNullIsNone() throws IOException {
        edit("parse-only", "\"expected\":", "\"validAt\":null,\"expected\":");
        assertThat(run()).as(sms.out).isZero();
    }

    @Test
    void aVectorWithoutEvidenceSaysSo() throws IOException {
        Files.delete(folder.resolve("good/current/quote.bin"));
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("neither quote.bin nor report.bin");
    }

    @Test
    void theFolderMayBeALinkAndLinksBelowAreNamed(@TempDir Path elsewhere) throws IOException {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
        assertThat(sms.run("evidence", "verify", "--vectors", link)).as(sms.err).isZero();
        assertThat(sms.out).contains(count + " vectors, " + count + " agree");
        Files.createSymbolicLink(folder.resolve("below"), folder.resolve("good"));
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("skipped ", "below: a symbolic link");
        assertThat(sms.out).contains(count + " vectors, " + count + " agree");
    }

    @Test
    void theTableFitsATerminal() throws IOException {
        assertThat(run()).isZero();
        assertThat(sms.out.lines()).allMatch(line -> line.length() <= 80);
        Files.move(
                folder.resolve("bad"), folder.resolve("bad-with-a-name-that-alone-is-as-wide-as-half-a-terminal-is"));
        assertThat(run()).isZero();
        assertThat(sms.out.lines()).allMatch(line -> line.length() <= 80);
        assertThat(sms.out.lines().filter(line -> line.endsWith("  yes"))).hasSize(count);
    }

    @Test
    void anotherAcceptedReasonIsCalledSo() throws IOException {
        edit(
                "bad/revoked-level",
                "\"reason\":\"TCB_REVOKED\"",
                "\"reason\":\"PCK_REVOKED\",\"reasonsAccepted\":[\"TCB_REVOKED\"]");
        assertThat(run()).as(sms.out).isZero();
        assertThat(sms.out.replaceAll("\\s+", " ")).contains("TCB_REVOKED (one of its yes accepted reasons)");
    }

    @Test
    void namesOfFoldersCannotActOnTheTerminal() throws IOException {
        Files.move(folder.resolve("choice"), folder.resolve("choi\u202ece\u009b31m"));
        edit("good/current", "UpToDate", "\\u001b[31m\\u202e");
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).doesNotContain("\u202e", "\u009b", "\u001b").contains("choi?ce?31m");
        assertThat(sms.run("evidence", "verify", "--vectors", folder, "--json")).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).doesNotContain("\u202e", "\u009b", "\u001b").contains("choi\\u202ece\\u009b31m");
        assertThat(sms.out
                        .lines()
                        .map(line -> MAPPER.readTree(line).get("vector").stringValue()))
                .contains("choi\u202ece\u009b31m");
    }

    @Test
    void anOversizedQuoteIsJudgedAsOne() throws IOException {
        Files.write(folder.resolve("good/current/quote.bin"), new byte[1 << 20]);
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("REJECTED MALFORMED_QUOTE");
    }

    @Test
    void evidenceOfAnUnknownKindDisagrees() throws IOException {
        Files.delete(folder.resolve("good/current/quote.bin"));
        assertThat(run()).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("UNSUPPORTED", "agree, 1 does not");
    }

    @Test
    void aFolderWithoutVectorsIsNoSuccess(@TempDir Path empty) {
        assertThat(sms.run("evidence", "verify", "--vectors", empty)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.run("evidence", "verify", "--vectors", empty.resolve("none")))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.run("evidence", "verify", "--vectors", folder, "--at", "0"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void recordedVectorsAgree() throws IOException {
        Path recorded = recorded();
        int agreeing = 0;
        for (String kind : List.of("real", "derived", "synthetic", "parse-only", "snp")) {
            assertThat(sms.run("evidence", "verify", "--vectors", recorded.resolve(kind)))
                    .as(sms.out)
                    .isZero();
            agreeing +=
                    (int) sms.out.lines().filter(line -> line.endsWith("  yes")).count();
        }
        assertThat(agreeing).isGreaterThanOrEqualTo(74);
    }

    @Test
    void noRecordedVectorsExpectationCanBeAltered(@TempDir Path copy) throws IOException {
        Path recorded = recorded();
        for (String kind : List.of("real", "derived", "synthetic", "parse-only", "snp")) {
            for (Path vector : new Vectors(recorded.resolve(kind)).folders()) {
                copy(vector, copy);
                JsonNode original = MAPPER.readTree(Files.readString(vector.resolve("expected.json")));
                for (String member : alterable(original.get("expected"))) {
                    ObjectNode changed = (ObjectNode) original.deepCopy();
                    alter((ObjectNode) changed.get("expected"), member);
                    Files.writeString(copy.resolve("expected.json"), changed.toString());
                    assertThat(compare(copy).agrees())
                            .as("%s %s", vector, changed.get("expected"))
                            .isFalse();
                }
            }
        }
    }

    /** Of a choice only the reason is compared; where several reasons are accepted, all have to be altered. */
    private static Set<String> alterable(JsonNode expected) {
        if (expected.has("reasonsAccepted")) {
            return Set.of("outcome");
        }
        return expected.get("outcome").stringValue().equals("DESIGN_CHOICE")
                ? Set.of("outcome", "reason")
                : expected.propertyNames().stream()
                        .filter(member -> !member.equals("note"))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static void copy(Path vector, Path to) throws IOException {
        Files.deleteIfExists(to.resolve("root.pem"));
        Files.deleteIfExists(to.resolve("collateral.json"));
        Files.deleteIfExists(to.resolve("report.bin"));
        Files.deleteIfExists(to.resolve("quote.bin"));
        for (String name : EVIDENCE_FILES) {
            if (Files.exists(vector.resolve(name))) {
                Files.copy(vector.resolve(name), to.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path recorded() {
        String property = System.getProperty("sms.vectors", "");
        assumeTrue(
                !property.isBlank(),
                "recorded quotes were not compared: set -Dsms.vectors=FOLDER to the folder that holds real/ and others");
        return Path.of(property);
    }

    private int run() {
        return sms.run("evidence", "verify", "--vectors", folder);
    }

    private static VectorResult compare(Path vector) {
        return new Vectors(vector).compare(vector.toAbsolutePath().normalize());
    }

    private void edit(String vector, String from, String to) throws IOException {
        Path file = folder.resolve(vector).resolve("expected.json");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
