package io.attested.sms.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.LocalChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays the demo once and looks at what it said and what it left on disk. */
class DemoTest {
    /** Each refusal the story has to show, by the step that shows it. */
    private static final Map<String, String> REFUSALS = new TreeMap<>(Map.ofEntries(
            Map.entry("enclave of other code", "evidence.wrong-code"),
            Map.entry("same code started for another app", "evidence.wrong-launch"),
            Map.entry("same code started for another SMS", "evidence.wrong-launch"),
            Map.entry("debug enclave", "evidence.debug-enclave"),
            Map.entry("SGX evidence for a TDX deal", "evidence.wrong-tee"),
            Map.entry("TDX evidence for a SCONE deal", "evidence.wrong-tee"),
            Map.entry("an extra event", "evidence.wrong-launch"),
            Map.entry("events in another order", "evidence.wrong-launch"),
            Map.entry("an event is missing", "evidence.wrong-launch"),
            Map.entry("ambiguous event: a byte moved from type to payload", "evidence.wrong-launch"),
            Map.entry("an event after sms-ready", "evidence.wrong-launch"),
            Map.entry("asked after sms-started", "evidence.wrong-launch"),
            Map.entry("application checksum is zero", "chain.no-enclave-registered"),
            Map.entry("trust domain of another base image", "evidence.wrong-code"),
            Map.entry("trust domain of another application", "evidence.wrong-launch"),
            Map.entry("trust domain launched for another SMS", "evidence.wrong-launch"),
            Map.entry("debug trust domain", "evidence.debug-enclave"),
            Map.entry("quote chained to a root that is not trusted", "evidence.not-an-enclave"),
            Map.entry("platform TCB not up to date", "evidence.tcb-not-accepted"),
            Map.entry("challenge redeemed a second time", "evidence.challenge-used"),
            Map.entry("report data is not the hash of the runtime data", "evidence.key-not-bound"),
            Map.entry("application file changed after registration", "enclave.file-system-changed"),
            Map.entry("application file added after registration", "enclave.file-system-changed"),
            Map.entry("application file removed after registration", "enclave.file-system-changed"),
            Map.entry("envelope from an impostor SMS", "enclave.wrong-service"),
            Map.entry("task not initialised", "chain.task-not-active"),
            Map.entry("task finished", "chain.task-not-active"),
            Map.entry("task past its contribution deadline", "chain.task-not-active"),
            Map.entry("deal without TEE tag", "chain.not-a-tee-task"),
            Map.entry("authorisation signed by someone else", "request.bad-signature"),
            Map.entry("ask past its deadline", "request.expired"),
            Map.entry("dataset whose key was never pushed", "secret.missing"),
            Map.entry("dataset sold after the deal", "secret.owner-changed"),
            Map.entry("node stopped in the middle", "chain.stale")));

    @TempDir
    private static Path folder;

    private static List<JsonNode> lines;
    private static List<String> secrets;

    @BeforeAll
    static void play() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StepLog log = new StepLog(new PrintStream(out, true, StandardCharsets.UTF_8), true, false, 80);
        SecureRandom random = new SecureRandom();
        try (Curtain curtain = Curtain.atTheEndOfTheProcess();
                LocalChain chain = LocalChain.anvil();
                Stage stage = Stage.set(folder, chain, curtain, log, InstantSource.system(), random)) {
            Owners owners = new Owners(stage, random);
            new Story(stage, log, owners, random).play();
            secrets = owners.secrets();
        }
        log.close();
        lines = out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    @Test
    void everyRefusalHasItsCodeAndAllOfItHeld() {
        Map<String, String> refused = lines.stream()
                .filter(line -> line.path("outcome").asString("").equals("refused"))
                .collect(Collectors.toMap(
                        line -> line.path("step").asString(),
                        line -> line.path("code").asString()));

        assertThat(refused).isEqualTo(REFUSALS);
        assertThat(lines.getLast().path("demo").asString()).as(lines.toString()).isEqualTo("passed");
        assertThat(lines.getLast().path("refused").asInt()).isEqualTo(REFUSALS.size());
    }

    @Test
    void everyRefusalHasATwinThatIsGrantedAndEveryFormOfAFingerprintAGrant() {
        List<String> granted = lines.stream()
                .filter(line -> line.path("outcome").asString("").equals("granted"))
                .map(line -> line.path("step").asString())
                .toList();

        assertThat(granted).filteredOn(step -> step.startsWith("twin: ")).hasSize(REFUSALS.size());
        assertThat(granted)
                .contains(
                        "fingerprint in the card's order",
                        "fingerprint in the historical order",
                        "fingerprint in a JSON configuration",
                        "bare MrEnclave: the image covers its own files",
                        "TDX deal of SDK 9, checksum of the image registered");
        assertThat(lines.getLast().path("granted").asInt()).isEqualTo(granted.size());
    }

    @Test
    void noSecretKeyOrPlaintextIsLeftInStoreLogOrTemporaryFiles() throws IOException {
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(11);
        assertThat(folder.resolve("service/store")).isNotEmptyDirectory();
        assertThat(folder.resolve("service/server.log")).isNotEmptyFile();

        assertThat(findings()).isEmpty();
    }

    @Test
    void theSearchFindsASecretThatWasPlantedInAnyForm() throws IOException {
        String secret = secrets.getFirst();
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Path planted = folder.resolve("service/planted");
        List<String> forms = List.of(
                secret,
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes));
        for (String form : forms) {
            Files.writeString(planted, "text before " + form + " and after");
            assertThat(findings()).containsExactly("planted");
        }
        Files.delete(planted);
    }

    /** Names of files that hold a secret in plain, hex or base64. */
    private static Set<String> findings() throws IOException {
        Set<String> forms = new TreeSet<>();
        for (String secret : secrets) {
            forms.addAll(formsOf(secret.getBytes(StandardCharsets.UTF_8)));
            decoded(secret).ifPresent(raw -> forms.addAll(formsOf(raw)));
        }
        Set<String> found = new TreeSet<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                String lower = content.toLowerCase(Locale.ROOT);
                if (forms.stream().anyMatch(form -> content.contains(form) || lower.contains(form))) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        return found;
    }

    private static Optional<byte[]> decoded(String secret) {
        try {
            return Optional.of(Base64.getDecoder().decode(secret));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static List<String> formsOf(byte[] secret) {
        List<String> forms = new ArrayList<>();
        forms.add(new String(secret, StandardCharsets.ISO_8859_1));
        forms.add(HexFormat.of().formatHex(secret));
        for (int offset = 0; offset < 3; offset++) {
            // Inside a longer text the first and last characters depend on the neighbours, so they are left out.
            byte[] shifted = new byte[offset + secret.length];
            System.arraycopy(secret, 0, shifted, offset, secret.length);
            String base64 = Base64.getEncoder().encodeToString(shifted);
            forms.add(base64.substring(offset == 0 ? 0 : 4, shifted.length / 3 * 4));
        }
        return forms;
    }
}
