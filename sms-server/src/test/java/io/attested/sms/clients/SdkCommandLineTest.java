package io.attested.sms.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.CliOutcome;
import io.attested.sms.contracts.testbed.IexecCli;
import io.attested.sms.contracts.testbed.IexecSdk;
import io.attested.sms.contracts.testbed.SmsUrls;
import io.attested.sms.contracts.testbed.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.crypto.Keys;

/**
 * The unmodified command lines of SDK 8.24.0 and 9.0.1 against the service: every command about secrets, its exit code and
 * what it prints, contract section 5.1.
 *
 * <p>A command is a process that opens an encrypted keystore, so the stories of one version run two at a time. All of
 * these commands run without a terminal; those that would ask for a value get it as an option.
 */
class SdkCommandLineTest {
    private static final int AT_A_TIME = 2;

    @TempDir
    private static Path folder;

    private static ThreeListeners sms;
    private static ResultProxy proxy;

    @BeforeAll
    static void start() {
        sms = ThreeListeners.start(folder.resolve("service"));
        proxy = ResultProxy.start();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        sms.close();
    }

    /** One version's project folder and the account that owns, requests and is paid in it. */
    private record Project(IexecSdk.Version version, Path folder, IexecCli cli, Wallet owner) {
        boolean eighth() {
            return version == IexecSdk.Version.V8;
        }

        CliOutcome owned(String... command) {
            return cli.as(owner, command);
        }
    }

    /** The {@code chain.json} of the contract: a plain URL for 9, a URL for each framework for 8. */
    private static Project project(IexecSdk.Version version) {
        Path home = folder.resolve(version.toString());
        boolean eighth = version == IexecSdk.Version.V8;
        IexecCli cli = eighth
                ? IexecCli.in(
                        home,
                        version,
                        sms.chain(),
                        sms.story().poco(),
                        SmsUrls.byFramework(sms.scone(), sms.gramine(), sms.tdx()),
                        proxy.url())
                : IexecCli.in(home, version, sms.chain(), sms.story().poco(), SmsUrls.one(sms.tdx()));
        return new Project(version, home, cli, Wallet.account(eighth ? 8 : 9));
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandAboutSecretsDoesWhatItSays(IexecSdk.Version version) throws Exception {
        Project project = project(version);
        CliOutcome imported = project.cli().importWallet(project.owner());
        assertThat(imported.raw()).containsEntry("address", project.owner().checksummedAddress());
        List<Story> stories = List.of(
                SdkCommandLineTest::appSecret,
                SdkCommandLineTest::datasetSecret,
                SdkCommandLineTest::requesterSecret,
                SdkCommandLineTest::storage,
                SdkCommandLineTest::resultKey);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> told = stories.stream()
                    .<Future<?>>map(story -> threads.submit(() -> {
                        story.tell(project);
                        return story;
                    }))
                    .toList();
            for (Future<?> story : told) {
                try {
                    story.get();
                } catch (ExecutionException e) {
                    throw new AssertionError("a command of " + version + " does otherwise", e);
                }
            }
        }
    }

    /** Commands that follow one another. */
    private interface Story {
        void tell(Project project) throws IOException;
    }

    private static void appSecret(Project project) {
        String configuration = "{\"framework\":\"SCONE\",\"version\":\"v5.9\",\"entrypoint\":\"/start\",\"heapSize\":1,"
                + "\"fingerprint\":\"" + "ab".repeat(32) + "\"}";
        String app = sms.story()
                .createApp(
                        project.owner(),
                        "registry.test/app:1",
                        new byte[32],
                        (project.eighth() ? configuration : "").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(project.cli().run("app", "check-secret", app).raw())
                .containsEntry("ok", true)
                .containsEntry("isSecretSet", false);
        assertThat(project.owned("app", "push-secret", app, "--secret-value", "s")
                        .raw())
                .containsEntry("ok", true);
        assertThat(project.cli().run("app", "check-secret", app).raw()).containsEntry("isSecretSet", true);
        assertFailed(
                project.owned("app", "push-secret", app, "--secret-value", "s"),
                "Secret already exists for " + Keys.toChecksumAddress(app) + " and can't be updated");
    }

    private static void datasetSecret(Project project) throws IOException {
        String mine = sms.story()
                .createDataset(
                        project.owner(),
                        "/ipfs/QmTest".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        new byte[32]);
        String another = sms.story().createDataset("/ipfs/QmTest", new byte[32]);
        String key = Files.writeString(project.folder().resolve("dataset.key"), "A".repeat(43) + "=\n")
                .toString();
        assertThat(project.owned("dataset", "push-secret", mine, "--secret-path", key)
                        .raw())
                .containsEntry("ok", true);
        assertThat(project.cli().run("dataset", "check-secret", mine).raw()).containsEntry("isSecretSet", true);
        assertThat(project.cli().run("dataset", "check-secret", another).raw()).containsEntry("isSecretSet", false);
        assertFailed(
                project.owned("dataset", "push-secret", mine, "--secret-path", key),
                "Secret already exists for " + Keys.toChecksumAddress(mine) + " and can't be updated");
        assertFailed(
                project.owned("dataset", "push-secret", another, "--secret-path", key),
                "Wallet " + project.owner().checksummedAddress() + " is not allowed to set secret for "
                        + Keys.toChecksumAddress(another));
    }

    private static void requesterSecret(Project project) {
        String address = project.owner().address();
        assertThat(project.cli()
                        .run("requester", "check-secret", "my-secret", address)
                        .raw())
                .containsEntry("isSet", false);
        assertThat(project.owned("requester", "push-secret", "my-secret", "--secret-value", "v")
                        .raw())
                .containsEntry("isPushed", true)
                .containsEntry("name", "my-secret");
        assertThat(project.cli()
                        .run("requester", "check-secret", "my-secret", address)
                        .raw())
                .containsEntry("isSet", true);
        assertFailed(
                project.owned("requester", "push-secret", "my-secret", "--secret-value", "v"),
                "Secret \"my-secret\" already exists for " + project.owner().checksummedAddress());
    }

    /** SDK 8 gets the token of its default storage by logging in at the result proxy; SDK 9 knows Dropbox only. */
    private static void storage(Project project) {
        String[] init = project.eighth()
                ? new String[] {"storage", "init"}
                : new String[] {"storage", "init", "dropbox", "--token", "t"};
        String[] check =
                project.eighth() ? new String[] {"storage", "check"} : new String[] {"storage", "check", "dropbox"};
        assertThat(project.owned(init).raw())
                .containsEntry("isInitialized", true)
                .containsEntry("isUpdated", false);
        assertThat(project.owned(check).raw()).containsEntry("isInitialized", true);
        assertFailed(
                project.owned(init),
                (project.eighth() ? "default" : "dropbox")
                        + " storage is already initialized, use --force-update option to update your storage token");
        assertThat(project.owned(and(init, "--force-update")).raw()).containsEntry("isUpdated", true);
        if (project.eighth()) {
            assertThat(proxy.logins())
                    .hasSize(2)
                    .allMatch(login -> login.endsWith("_" + project.owner().checksummedAddress()));
            assertThat(project.owned("storage", "init", "dropbox", "--token", "t", "--tee-framework", "tdx")
                            .raw())
                    .containsEntry("isInitialized", true);
        } else {
            assertFailed(
                    project.owned("storage", "init", "ipfs", "--token", "t"),
                    "Storage provider \"ipfs\" does not support authentication tokens");
        }
    }

    private static void resultKey(Project project) throws IOException {
        String file = Files.writeString(
                        project.folder().resolve("key.pub"),
                        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\n-----END PUBLIC KEY-----\n")
                .toString();
        String address = project.owner().address();
        String[] push = {"result", "push-encryption-key", "--secret-path", file};
        assertThat(project.owned(push).raw()).containsEntry("isPushed", true).containsEntry("isUpdated", false);
        assertThat(project.cli().run("result", "check-encryption-key", address).raw())
                .containsEntry("isEncryptionKeySet", true);
        assertFailed(
                project.owned(push),
                "Secret \"iexec-result-encryption-public-key\" already exists for "
                        + project.owner().checksummedAddress());
        assertThat(project.owned(and(push, "--force-update")).raw()).containsEntry("isUpdated", true);
    }

    private static String[] and(String[] command, String option) {
        String[] all = java.util.Arrays.copyOf(command, command.length + 1);
        all[command.length] = option;
        return all;
    }

    private static void assertFailed(CliOutcome outcome, String message) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.message()).isEqualTo(message);
    }
}
