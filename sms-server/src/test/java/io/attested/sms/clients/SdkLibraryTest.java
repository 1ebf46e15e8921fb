package io.attested.sms.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.IexecSdk;
import io.attested.sms.contracts.testbed.SdkRun;
import io.attested.sms.contracts.testbed.SdkStep;
import io.attested.sms.contracts.testbed.SmsUrls;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.scenario.RunningServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The unmodified SDK 8.24.0 and 9.0.1 as library against the service, contract section 5.1: what they are told is what they
 * tell their user, in their own words.
 */
class SdkLibraryTest {
    private static final String KEY = "A".repeat(43) + "=";
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\n-----END PUBLIC KEY-----";
    private static final String ENCRYPTION_KEY = "iexec-result-encryption-public-key";
    private static final String DROPBOX = "iexec-result-dropbox-token";
    private static final String IPFS = "iexec-result-iexec-ipfs-token";
    private static final String NAME = "my-secret";

    @TempDir
    private static Path folder;

    private static ThreeListeners sms;
    private static Relay scone;
    private static Relay gramine;
    private static Relay tdx;

    @BeforeAll
    static void start() {
        sms = ThreeListeners.start(folder);
        scone = Relay.before(sms.scone());
        gramine = Relay.before(sms.gramine());
        tdx = Relay.before(sms.tdx());
    }

    @AfterAll
    static void stop() {
        scone.close();
        gramine.close();
        tdx.close();
        sms.close();
    }

    private static Relay relay(IexecSdk.Version version) {
        return version == IexecSdk.Version.V8 ? scone : tdx;
    }

    private static IexecSdk sdk(IexecSdk.Version version) {
        return sdk(version, relay(version).url());
    }

    private static IexecSdk sdk(IexecSdk.Version version, URI url) {
        return new IexecSdk(version, sms.chain(), sms.story().poco(), url);
    }

    private static SdkRun play(IexecSdk.Version version, SdkStep... steps) {
        relay(version).passed();
        return sdk(version).run(steps);
    }

    /** An app as this SDK has them: 8 finds the framework in the configuration, 9 wants none. */
    private static String app(IexecSdk.Version version) {
        return sms.story().createApp(version == IexecSdk.Version.V8 ? configuration("SCONE") : "");
    }

    /** As SDK 8 wants it: entrypoint and heap size for SCONE, and for Gramine neither. */
    private static String configuration(String framework) {
        return "{\"framework\":\"" + framework + "\",\"version\":\"v5.9\","
                + (framework.equals("SCONE") ? "\"entrypoint\":\"/start\",\"heapSize\":1," : "")
                + "\"fingerprint\":\"" + "ab".repeat(32) + "\"}";
    }

    private static Wallet somebody() {
        return Wallet.random(new SecureRandom());
    }

    private static List<String> errors(SdkRun run) {
        return run.outcomes().stream().map(outcome -> outcome.error()).toList();
    }

    private static void assertExist(SdkRun run, boolean exist, String... steps) {
        for (String step : steps) {
            assertThat(run.outcome(step).error()).isEmpty();
            assertThat(run.outcome(step).result()).as(step).containsEntry("exists", exist);
        }
    }

    private static String checksummed(String address) {
        return org.web3j.crypto.Keys.toChecksumAddress(address);
    }

    // ---- secrets of assets

    @ParameterizedTest
    @EnumSource
    void keyOfADatasetIsPushedOnceByItsOwner(IexecSdk.Version version) {
        String dataset = sms.story().createDataset("/ipfs/QmTest", new byte[32]);
        SdkRun run = play(
                version,
                SdkStep.checkDatasetSecret("absent", dataset),
                SdkStep.pushDatasetSecret("stranger", Wallet.STRANGER, dataset, KEY),
                SdkStep.pushDatasetSecret("first", Wallet.DATASET_OWNER, dataset, KEY),
                SdkStep.checkDatasetSecret("present", dataset),
                SdkStep.pushDatasetSecret("second", Wallet.DATASET_OWNER, dataset, KEY),
                SdkStep.pushDatasetSecret("late stranger", Wallet.STRANGER, dataset, KEY));

        String url = "/secrets/web3?secretAddress=" + checksummed(dataset);
        assertAssetSecret(run, version, dataset, url);
    }

    @ParameterizedTest
    @EnumSource
    void secretOfAnAppIsPushedOnceByItsOwner(IexecSdk.Version version) {
        String app = app(version);
        SdkRun run = play(
                version,
                SdkStep.checkAppSecret("absent", app),
                SdkStep.pushAppSecret("stranger", Wallet.STRANGER, app, "s"),
                SdkStep.pushAppSecret("first", Wallet.APP_DEVELOPER, app, "s"),
                SdkStep.checkAppSecret("present", app),
                SdkStep.pushAppSecret("second", Wallet.APP_DEVELOPER, app, "s"),
                SdkStep.pushAppSecret("late stranger", Wallet.STRANGER, app, "s"));

        assertAssetSecret(run, version, app, "/apps/" + checksummed(app) + "/secrets");
    }

    /** Section 5.1: one request for a call, no check before a push; 409 and 401 have words of their own. */
    private static void assertAssetSecret(SdkRun run, IexecSdk.Version version, String asset, String url) {
        String notAllowed = "Error: Wallet " + Wallet.STRANGER.checksummedAddress()
                + " is not allowed to set secret for " + checksummed(asset);
        assertExist(run, false, "absent");
        assertExist(run, true, "present");
        assertThat(run.outcome("first").is("done")).isTrue();
        assertThat(run.outcome("second").error())
                .isEqualTo("Error: Secret already exists for " + checksummed(asset) + " and can't be updated");
        assertThat(run.outcome("stranger").error()).isEqualTo(notAllowed);
        assertThat(run.outcome("late stranger").error()).isEqualTo(notAllowed);
        List<Relay.Passed> requests = relay(version).passed();
        assertThat(requests.stream().map(Relay.Passed::line))
                .containsExactly(
                        "HEAD " + url + " 404",
                        "POST " + url + " 401",
                        "POST " + url + " 204",
                        "HEAD " + url + " 204",
                        "POST " + url + " 409",
                        "POST " + url + " 401");
        assertWire(requests);
    }

    /** Section 1.1: raw text as {@code text/plain} without charset, and a bare signature. */
    private static void assertWire(List<Relay.Passed> requests) {
        assertThat(requests).allSatisfy(request -> {
            if (request.method().equals("HEAD")) {
                assertThat(request.authorization()).isEmpty();
            } else {
                assertThat(request.contentType()).contains("text/plain");
                assertThat(request.authorization()).get().asString().matches("0x[0-9a-f]{130}");
            }
        });
    }

    // ---- secrets of accounts

    @ParameterizedTest
    @EnumSource
    void secretOfARequesterIsPushedOnce(IexecSdk.Version version) {
        Wallet requester = somebody();
        SdkRun run = play(
                version,
                SdkStep.checkRequesterSecret("absent", requester, NAME),
                SdkStep.pushRequesterSecret("first", requester, NAME, "hello \u00e9 \ud83d\udd11"),
                SdkStep.checkRequesterSecret("present", requester, NAME),
                SdkStep.checkRequesterSecret("of another", Wallet.STRANGER, NAME),
                SdkStep.checkRequesterSecret("in another case", requester, "MY-secret"),
                SdkStep.pushRequesterSecret("second", requester, NAME, "other"),
                SdkStep.pushRequesterSecret("name", requester, "dots.are.not", "x"));

        assertExist(run, false, "absent", "of another", "in another case");
        assertExist(run, true, "present");
        assertThat(run.outcome("first").is("done")).isTrue();
        assertThat(run.outcome("second").error())
                .isEqualTo("Error: Secret \"" + NAME + "\" already exists for " + requester.checksummedAddress());
        assertThat(run.outcome("name").error()).startsWith("Error: SMS answered with unexpected status: 400");
        String url = "/requesters/" + requester.checksummedAddress() + "/secrets/" + NAME;
        List<Relay.Passed> requests = relay(version).passed();
        assertThat(requests.stream().map(Relay.Passed::line))
                .startsWith(
                        "HEAD " + url + " 404", "HEAD " + url + " 404", "POST " + url + " 204", "HEAD " + url + " 204");
        assertThat(requests.get(2).length())
                .isEqualTo("hello \u00e9 \ud83d\udd11".getBytes(StandardCharsets.UTF_8).length);
        assertWire(requests);
    }

    @ParameterizedTest
    @EnumSource
    void storageTokenIsReplacedWhenForced(IexecSdk.Version version) {
        for (String provider : version == IexecSdk.Version.V8 ? List.of("dropbox", "default") : List.of("dropbox")) {
            Wallet owner = somebody();
            SdkRun run = play(
                    version,
                    SdkStep.checkStorageToken("absent", owner, provider),
                    SdkStep.pushStorageToken("first", owner, provider, "token", false),
                    SdkStep.checkStorageToken("present", owner, provider),
                    SdkStep.pushStorageToken("second", owner, provider, "token 2", false),
                    SdkStep.pushStorageToken("forced", owner, provider, "token 3", true),
                    SdkStep.pushStorageToken("forced again", owner, provider, "token 3", true));
            assertAccountSecret(run, version, owner, provider.equals("dropbox") ? DROPBOX : IPFS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resultEncryptionKeyIsReplacedWhenForced(IexecSdk.Version version) {
        Wallet owner = somebody();
        SdkRun run = play(
                version,
                SdkStep.checkResultEncryptionKey("absent", owner),
                SdkStep.pushResultEncryptionKey("first", owner, PEM, false),
                SdkStep.checkResultEncryptionKey("present", owner),
                SdkStep.pushResultEncryptionKey("second", owner, PEM, false),
                SdkStep.pushResultEncryptionKey("forced", owner, PEM.replace('M', 'N'), true),
                SdkStep.pushResultEncryptionKey("forced again", owner, PEM.replace('M', 'N'), true));
        assertAccountSecret(run, version, owner, ENCRYPTION_KEY);
    }

    /** A check before each push decides between POST and PUT; the same value again is 204, section 1.2. */
    private static void assertAccountSecret(SdkRun run, IexecSdk.Version version, Wallet owner, String name) {
        assertExist(run, false, "absent");
        assertExist(run, true, "present");
        assertThat(run.outcome("first").result()).containsEntry("done", true).containsEntry("updated", false);
        assertThat(run.outcome("second").error())
                .isEqualTo("Error: Secret \"" + name + "\" already exists for " + owner.checksummedAddress());
        for (String step : List.of("forced", "forced again")) {
            assertThat(run.outcome(step).result())
                    .as(step)
                    .containsEntry("done", true)
                    .containsEntry("updated", true);
        }
        String url = "/secrets/web2?ownerAddress=" + owner.checksummedAddress() + "&secretName=" + name;
        List<Relay.Passed> requests = relay(version).passed();
        assertThat(requests.stream().map(Relay.Passed::line))
                .containsExactly(
                        "HEAD " + url + " 404",
                        "HEAD " + url + " 404",
                        "POST " + url + " 204",
                        "HEAD " + url + " 204",
                        "HEAD " + url + " 204",
                        "HEAD " + url + " 204",
                        "PUT " + url + " 204",
                        "HEAD " + url + " 204",
                        "PUT " + url + " 204");
        assertWire(requests);
    }

    @Test
    void ipfsNeedsNoTokenForSdk9() {
        SdkRun run =
                play(IexecSdk.Version.V9, SdkStep.pushStorageToken("ipfs", Wallet.REQUESTER, "ipfs", "token", false));
        assertThat(run.outcome("ipfs").error()).contains("does not support authentication tokens");
        assertThat(tdx.passed()).isEmpty();
    }

    // ---- orders

    @ParameterizedTest
    @EnumSource
    void ordersAreSignedOnceEverySecretIsThere(IexecSdk.Version version) {
        Wallet requester = somebody();
        String dataset = sms.story().createDataset("/ipfs/QmTest", new byte[32]);
        TeeTag tag = version == IexecSdk.Version.V8 ? TeeTag.SCONE : TeeTag.TDX;
        DealTerms terms = sms.story()
                .terms(app(version))
                .withTag(tag)
                .withRequester(requester)
                .withDataset(dataset);
        Map<String, Object> params = Map.of(
                "iexec_result_encryption",
                true,
                "iexec_result_storage_provider",
                "dropbox",
                "iexec_secrets",
                Map.of("1", NAME));
        SdkRun run = play(
                version,
                SdkStep.signCheckedRequest("no encryption key", terms, params),
                SdkStep.pushResultEncryptionKey("encryption key", requester, PEM, false),
                SdkStep.signCheckedRequest("no token", terms, params),
                SdkStep.pushStorageToken("token", requester, "t", false),
                SdkStep.signCheckedRequest("no dataset key", terms, params),
                SdkStep.signCheckedDataset("no key", Wallet.DATASET_OWNER, dataset, tag),
                SdkStep.pushDatasetSecret("dataset key", Wallet.DATASET_OWNER, dataset, KEY),
                SdkStep.signCheckedRequest("no requester secret", terms, params),
                SdkStep.pushRequesterSecret("secret", requester, NAME, "v"),
                SdkStep.signCheckedRequest("signed", terms, params),
                SdkStep.signCheckedDataset("dataset signed", Wallet.DATASET_OWNER, dataset, tag));

        String noDatasetKey = "Error: Dataset encryption key is not set for dataset " + checksummed(dataset)
                + " in the SMS. Dataset decryption will fail.";
        assertThat(run.outcome("no encryption key").error())
                .isEqualTo(
                        "Error: Beneficiary result encryption key is not set in the SMS. Result encryption will fail.");
        assertThat(run.outcome("no token").error())
                .isEqualTo("Error: Requester storage token is not set for selected provider \"dropbox\"."
                        + " Result archive upload will fail.");
        assertThat(run.outcome("no dataset key").error()).isEqualTo(noDatasetKey);
        assertThat(run.outcome("no key").error()).isEqualTo(noDatasetKey);
        assertThat(run.outcome("no requester secret").error())
                .isEqualTo("Error: Requester secret \"" + NAME + "\" is not set for requester "
                        + requester.checksummedAddress() + " in the SMS. Requester secret provisioning will fail.");
        assertThat(List.of(
                        run.outcome("signed").text("sign"),
                        run.outcome("dataset signed").text("sign")))
                .allMatch(signature -> signature.matches("0x[0-9a-f]{130}"));
        String account = "/secrets/web2?ownerAddress=" + requester.checksummedAddress() + "&secretName=";
        assertThat(relay(version).lines())
                .endsWith(
                        "HEAD " + account + ENCRYPTION_KEY + " 204",
                        "HEAD " + account + DROPBOX + " 204",
                        "HEAD /secrets/web3?secretAddress=" + checksummed(dataset) + " 204",
                        "HEAD /requesters/" + requester.checksummedAddress() + "/secrets/" + NAME + " 204",
                        "HEAD /secrets/web3?secretAddress=" + checksummed(dataset) + " 204");
    }

    // ---- where the SMS is

    @Test
    void sdk8ChoosesTheListenerOfEachFramework() {
        Wallet requester = somebody();
        String ofGramine = sms.story().createApp(configuration("GRAMINE"));
        String ofScone = sms.story().createApp(configuration("SCONE"));
        String ofTdx = sms.story().createApp("");
        SmsUrls urls = SmsUrls.byFramework(scone.url(), gramine.url(), tdx.url());
        List.of(scone, gramine, tdx).forEach(Relay::passed);
        SdkRun run = new IexecSdk(IexecSdk.Version.V8, sms.chain(), sms.story().poco(), urls)
                .run(
                        SdkStep.pushAppSecret("gramine", Wallet.APP_DEVELOPER, ofGramine, "s"),
                        SdkStep.pushAppSecret("scone", Wallet.APP_DEVELOPER, ofScone, "s"),
                        SdkStep.pushAppSecret("tdx", Wallet.APP_DEVELOPER, ofTdx, "s")
                                .at("tdx"),
                        SdkStep.pushStorageToken("token", requester, "default", "t", false)
                                .at("gramine"),
                        SdkStep.checkStorageToken("one store", requester, "default")
                                .at("tdx"),
                        SdkStep.checkStorageToken("by default", requester, "default"));

        assertThat(errors(run)).allMatch(String::isEmpty);
        assertExist(run, true, "one store", "by default");
        String token = "/secrets/web2?ownerAddress=" + requester.checksummedAddress() + "&secretName=" + IPFS;
        assertThat(gramine.lines())
                .containsExactly(
                        "POST /apps/" + checksummed(ofGramine) + "/secrets 204",
                        "HEAD " + token + " 404",
                        "POST " + token + " 204");
        assertThat(tdx.lines())
                .containsExactly("POST /apps/" + checksummed(ofTdx) + "/secrets 204", "HEAD " + token + " 204");
        assertThat(scone.lines())
                .containsExactly("POST /apps/" + checksummed(ofScone) + "/secrets 204", "HEAD " + token + " 204");
    }

    @ParameterizedTest
    @EnumSource
    void pathOfTheUrlIsDroppedAndAWrongUrlIsTold(IexecSdk.Version version) {
        SdkStep check = SdkStep.checkStorageToken("check", Wallet.STRANGER);
        assertExist(sdk(version, relay(version).url().resolve("/some/prefix/")).run(check), false, "check");
        assertThat(relay(version).lines()).singleElement().asString().startsWith("HEAD /secrets/web2?");
        assertThat(sdk(version, URI.create("http://127.0.0.1:1"))
                        .run(check)
                        .outcome("check")
                        .error())
                .isEqualTo(
                        "SmsCallError: SMS error: Connection to http://127.0.0.1:1 failed with a network error: fetch failed");
    }

    @Test
    void outageIsToldAsOneAndNotAsARefusal(@TempDir Path own) {
        Map<String, String> settings = Map.of("sms.iexec.writes-per-minute", "1");
        try (RunningServer busy =
                RunningServer.start(own, sms.chain().url(), sms.story().poco().hub(), settings)) {
            String dataset = sms.story().createDataset("/ipfs/QmTest", new byte[32]);
            SdkStep push = SdkStep.pushDatasetSecret("push", Wallet.DATASET_OWNER, dataset, KEY);
            for (IexecSdk.Version version : IexecSdk.Version.values()) {
                // A minute may end between two of them.
                SdkRun run = sdk(version, busy.tdx()).run(push, push, push);
                assertThat(errors(run))
                        .anySatisfy(error -> assertThat(error)
                                .startsWith("SmsCallError: SMS error: Server at " + busy.tdx()
                                        + " encountered an internal error")
                                .contains("503"))
                        .noneMatch(error -> error.contains("not allowed"));
            }
        }
    }
}
