package io.attested.sms.bench.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
    private static final String WORD = "0x" + "ab".repeat(32);

    @TempDir
    private Path folder;

    private static ScenarioFile scenario() {
        ScenarioFile.Image image = new ScenarioFile.Image("registry.test/pre:1", "ab".repeat(32), "/start", 1024);
        return new ScenarioFile(
                ScenarioFile.FORMAT,
                new ScenarioFile.Chain(URI.create("http://127.0.0.1:8545"), 65535, Wallet.DEPLOYER.address()),
                Map.of(Framework.SCONE, URI.create("http://localhost:13300")),
                Map.of(Framework.SCONE, "native"),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new ScenarioFile.Admin("a key of the admin interface", "/backups", true)),
                List.of(ScenarioFile.Account.of("requester", Wallet.REQUESTER)),
                new ScenarioFile.Pools(
                        List.of(new ScenarioFile.Asset(Wallet.STRANGER.address(), Wallet.APP_DEVELOPER.address())),
                        List.of()),
                List.of(new ScenarioFile.PipelineFacts(Framework.SCONE, "v5", image, image, Optional.of("las"))),
                Map.of("plain", task()),
                Map.of("sms.realm", "dev"));
    }

    private static ScenarioFile.Task task() {
        return new ScenarioFile.Task(
                Optional.of(Framework.SCONE),
                TeeTag.SCONE.text(),
                WORD,
                WORD,
                0,
                ScenarioFile.Status.ACTIVE,
                new ScenarioFile.App(
                        Wallet.STRANGER.address(), Wallet.APP_DEVELOPER.address(), "registry.test/app", WORD, "{}"),
                Optional.empty(),
                Wallet.REQUESTER.address(),
                Wallet.REQUESTER.address(),
                Wallet.WORKERPOOL_OWNER.address(),
                Wallet.WORKER.address(),
                "0x" + "00".repeat(20),
                "{\"iexec_args\":\"é\"}",
                0,
                1,
                List.of());
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("scenario.json");
        scenario().write(file);
        assertThat(ScenarioFile.read(file)).isEqualTo(scenario());
        assertThat(Files.readString(file)).startsWith("{").contains("\"format\" : \"sms-scenario/1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"format\" : \"sms-scenario/1\"; \"format\" : \"sms-scenario/2\"",
                "\"format\"; \"more\" : 1, \"format\"",
                "\"format\" : \"sms-scenario/1\"; \"format\" : \"sms-scenario/1\", \"format\" : \"sms-scenario/1\"",
                "\"hub\"; \"hubs\"",
                "\"ACTIVE\"; \"SLEEPING\"",
                "\"index\" : 0; \"index\" : null",
                "\"SCONE\" : \"http; \"SNOCE\" : \"http",
            })
    void whatIsNoScenarioIsRefused(String there, String instead) throws IOException {
        Path file = folder.resolve("scenario.json");
        scenario().write(file);
        String text = Files.readString(file);
        assertThat(text).contains(there.strip());
        Files.writeString(file, text.replace(there.strip(), instead.strip()));
        assertThatThrownBy(() -> ScenarioFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no scenario");
    }

    @Test
    void walletsAreFoundByRoleAndByAddress() {
        assertThat(scenario().wallet("requester").address()).isEqualTo(Wallet.REQUESTER.address());
        assertThat(scenario().walletOf(Wallet.REQUESTER.checksummedAddress()).privateKey())
                .isEqualTo(Wallet.REQUESTER.privateKey());
        assertThatThrownBy(() -> scenario().wallet("worker"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("worker");
    }

    @Test
    void postedRequestsReadAsWritten() {
        List<ScenarioFile.Posted> posted = List.of(new ScenarioFile.Posted(
                "POST", "/session", Map.of("content-type", "application/octet-stream"), "name: x\n", true));
        assertThat(ScenarioFile.Posted.readAll(ScenarioFile.Posted.writeAll(posted)))
                .isEqualTo(posted);
    }
}
