package io.attested.sms.bench.quote;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our verifier beside {@code @phala/dcap-qvl} 0.3.9 on recorded quotes: the same where that one is right, and each known
 * difference where it is not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "sms.vectors", matches = ".+")
class PeerDifferenceTest {
    private static final Path VECTORS = Path.of(System.getProperty("sms.vectors", ""));

    private Peer peer;

    @BeforeAll
    void start() {
        peer = Peer.start();
    }

    @AfterAll
    void stop() {
        peer.close();
    }

    /** Positive SGX quotes of version 3 and TDX quotes of version 4, the known differences aside. */
    @TestFactory
    Stream<DynamicTest> statusAndAdvisoriesAreTheSame() throws IOException {
        try (Stream<Path> folders =
                Stream.concat(Files.list(VECTORS.resolve("real")), Files.list(VECTORS.resolve("synthetic")))) {
            return folders.filter(PeerDifferenceTest::isSimplePositive).sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> agree(folder)));
        }
    }

    private void agree(Path folder) throws IOException {
        Evidence evidence = Evidence.recorded(folder);
        Claims claims = verified(evidence);
        assertThat(judge(folder))
                .isEqualTo(new Judgement.Accepted(
                        claims.tcb().status().orElseThrow().text(),
                        new TreeSet<>(claims.tcb().advisories())));
    }

    private static boolean isSimplePositive(Path folder) {
        JsonNode expectation = expectation(folder);
        JsonNode quote = expectation.path("quote");
        String kind =
                quote.path("tee").asString("") + quote.path("quoteVersion").asInt();
        return expectation.path("expected").path("outcome").asString("").equals("VERIFIED")
                && (kind.equals("SGX3") || kind.equals("TDX4"))
                && !quote.path("debug").asBoolean()
                && !differs(folder.getFileName().toString());
    }

    /** Asserted one by one below. */
    private static boolean differs(String vector) {
        return switch (vector) {
            case "sgx-v3-00606a000000-tcbinfo-v2-swhardening",
                    "sgx-tcbinfo-v2",
                    "sgx-levels-unsorted",
                    "sgx-qe-auth-empty",
                    "tdx-v4-50806f000000-septve-off-uptodate",
                    "tdx-v4-00806f050000-module04-uptodate",
                    "tdx-module-component-ignored",
                    "tdx-module-outofdate" -> true;
            default -> false;
        };
    }

    /** What the other verifier does not know or does not do; ours follows Intel's library. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            synthetic/neg-crl-forged                       | CRL_INVALID         | UpToDate
            synthetic/neg-crl-expired                      | CRL_EXPIRED         | UpToDate
            synthetic/neg-tdx-mrsignerseam                 | TDX_MODULE_MISMATCH | UpToDate
            synthetic/neg-tdx-unknown-module               | TDX_MODULE_MISMATCH | UpToDate
            synthetic/tdx-module-outofdate                 | OutOfDate           | OutOfDate
            real/tdx-v4-00806f050000-module04-uptodate     | UpToDate            | OutOfDate
            synthetic/tdx-module-component-ignored         | UpToDate            | refused: No matching TCB level found
            synthetic/sgx-levels-unsorted                  | UpToDate            | refused: TCB status is invalid: Revoked
            synthetic/sgx-qe-auth-empty                    | UpToDate            | refused: QE report hash mismatch
            synthetic/sgx-v4-uptodate                      | UpToDate            | refused: SGX TEE quote must have version 3
            synthetic/sgx-tcbinfo-v2                       | UpToDate            | refused: Failed to decode TcbInfo
            real/sgx-v3-00606a000000-tcbinfo-v2-swhardening | SWHardeningNeeded  | refused: Failed to decode TcbInfo
            real/tdx-v5-90c06f000000-liveupdate-relaunch-2026 | TDRelaunchAdvised | refused: No matching TCB level found
            real/tdx-v5-90c06f000000-liveupdate-uptodate-2025 | UpToDate         | refused: No matching TCB level found
            real/tdx-v5-90c06f000000-mrservicetd-uptodate  | UpToDate            | refused: Invalid mr service td
            real/tdx-v4-50806f000000-septve-off-uptodate   | UpToDate            | refused: SEPT_VE_DISABLE is not enabled
            real/sgx-v3-00a067110000-debug                 | ConfigurationAndSWHardeningNeeded | refused: Debug mode is enabled
            real/tdx-v4-50806f000000-debug-td              | UpToDate            | refused: Debug mode is enabled
            """)
    void knownDifference(String vector, String expected, String peers) throws IOException {
        Path folder = VECTORS.resolve(vector);
        assertThat(word(ours(Evidence.recorded(folder)))).isEqualTo(expected);
        assertThat(word(judge(folder))).startsWith(peers);
    }

    /** It compares the module's components with the level instead of the module with its identity. */
    @Test
    void advisoriesOfAnOutdatedModuleAreTheModules() throws IOException {
        Path folder = VECTORS.resolve("synthetic/tdx-module-outofdate");
        assertThat(verified(Evidence.recorded(folder)).tcb().advisories()).containsExactly("INTEL-SA-01192");
        assertThat(judge(folder))
                .isEqualTo(new Judgement.Accepted("OutOfDate", new TreeSet<>(Set.of("INTEL-SA-00657"))));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Verified(Claims claims) ->
                claims.tcb().status().orElseThrow().text();
            case Verdict.Rejected rejected -> rejected.reason().name();
        };
    }

    private static String word(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Accepted accepted -> accepted.status();
            case Judgement.Refused refused -> "refused: " + refused.message();
        };
    }

    private Judgement judge(Path folder) throws IOException {
        return peer.judge(
                Evidence.recorded(folder),
                JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("collateral.json"))));
    }

    private static Claims verified(Evidence evidence) {
        return switch (ours(evidence)) {
            case Verdict.Verified(Claims claims) -> claims;
            case Verdict.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }

    private static Verdict ours(Evidence evidence) {
        return new QuoteVerifier(evidence.root())
                .verify(evidence.quote().toByteArray(), evidence.collateral(), evidence.at());
    }

    private static JsonNode expectation(Path folder) {
        try {
            return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("expected.json")));
        } catch (IOException e) {
            throw new AssertionError(folder + " lacks its expectation", e);
        }
    }
}
