package io.attested.sms.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From the scheduler's first question to the worker's session, and where it ends when something is wrong. */
class WorkerFlowTest {
    private static final String VERSION = "v5.9";
    private static final Optional<String> TOKEN = Optional.of("aaaa.bbbb.cccc");

    /** Has never pushed a secret. */
    private static final Wallet POOR = Wallet.account(7);

    @TempDir
    private static Path folder;

    private static ThreeListeners sms;

    @BeforeAll
    static void start() throws IOException {
        Path measurements = Files.writeString(
                folder.resolve("measurements.json"),
                "{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[],\"pipelines\":["
                        + pipeline("SCONE", ",\"lasImage\":\"las:5.9\"") + "," + pipeline("GRAMINE", "") + "]}");
        sms = ThreeListeners.start(folder, Map.of("sms.measurements.file", measurements.toString()));
    }

    private static String pipeline(String framework, String more) {
        return "{\"framework\":\"" + framework + "\",\"version\":\"" + VERSION + "\",\"preCompute\":"
                + compute("pre:" + framework) + ",\"postCompute\":" + compute("post:" + framework) + more + "}";
    }

    private static String compute(String image) {
        return "{\"image\":\"" + image + "\",\"fingerprint\":\"" + "cd".repeat(32)
                + "\",\"entrypoint\":\"/start\",\"heapSizeInBytes\":1}";
    }

    @AfterAll
    static void stop() {
        sms.close();
    }

    private static TeeTag tag(StrictSms.Framework framework) {
        return switch (framework) {
            case SCONE -> TeeTag.SCONE;
            case GRAMINE -> TeeTag.GRAMINE;
            case TDX -> TeeTag.TDX;
        };
    }

    /** As the SDKs register apps: SGX ones with a configuration, trust domains without. */
    private static String app(StrictSms.Framework framework) {
        return sms.story()
                .createApp(
                        switch (framework) {
                            case SCONE -> configuration("SCONE", "\"entrypoint\":\"/start\",\"heapSize\":1,");
                            case GRAMINE -> configuration("GRAMINE", "");
                            case TDX -> "";
                        });
    }

    private static String configuration(String framework, String more) {
        return "{\"framework\":\"" + framework + "\",\"version\":\"" + VERSION + "\"," + more + "\"fingerprint\":\""
                + "ab".repeat(32) + "\"}";
    }

    private static MatchedDeal deal(StrictSms.Framework framework, UnaryOperator<DealTerms> change) {
        return sms.story().match(change.apply(sms.story().terms(app(framework)).withTag(tag(framework))));
    }

    private static String onChain(MatchedDeal deal) {
        String task = sms.story().initialize(deal, 0);
        sms.served().awaitHead();
        return task;
    }

    private static StrictScheduler scheduler(StrictSms.Framework framework) {
        return new StrictScheduler(sms.of(framework), Wallet.WORKERPOOL_OWNER);
    }

    private static Wallet somebody() {
        return Wallet.random(new SecureRandom());
    }

    /** A task whose scheduler has done its part. */
    private static WorkerpoolAuthorization authorized(
            StrictSms.Framework framework, Wallet worker, UnaryOperator<DealTerms> change) {
        StrictScheduler scheduler = scheduler(framework);
        MatchedDeal deal = deal(framework, change);
        if (scheduler.initialize(framework, () -> onChain(deal))
                instanceof StrictScheduler.Initialization.Ready ready) {
            return scheduler.authorize(worker, ready);
        }
        throw new AssertionError(scheduler.log());
    }

    private static StrictWorker worker(StrictSms.Framework framework, Wallet wallet) {
        return new StrictWorker(StrictSms.Generation.V9, framework, wallet);
    }

    private static StrictWorker.Notified notified(URI url, WorkerpoolAuthorization authorization) {
        return new StrictWorker.Notified(Optional.of(url), authorization, VERSION);
    }

    // ---- what goes well

    @ParameterizedTest
    @CsvSource({"SCONE,V9", "SCONE,V8", "GRAMINE,V9", "GRAMINE,V8", "TDX,V9"})
    void taskGetsItsChallengeAndItsSession(StrictSms.Framework framework, StrictSms.Generation generation) {
        Wallet wallet = somebody();
        StrictScheduler scheduler = scheduler(framework);
        MatchedDeal deal = deal(framework, terms -> terms);

        StrictScheduler.Initialization initialized = scheduler.initialize(framework, () -> onChain(deal));
        assertThat(initialized).isInstanceOf(StrictScheduler.Initialization.Ready.class);
        StrictScheduler.Initialization.Ready ready = (StrictScheduler.Initialization.Ready) initialized;
        assertThat(ready.enclaveChallenge()).matches("0x[0-9a-f]{40}");
        assertThat(scheduler(framework).initialize(framework, ready::chainTaskId))
                .isEqualTo(ready);
        scheduler.publishProxyUrl(framework, "https://proxy.test");
        scheduler.publishProxyUrl(framework, "https://proxy.test");
        assertThat(scheduler.log()).isEmpty();

        StrictWorker worker = new StrictWorker(generation, framework, wallet);
        StrictWorker.Notified notified = notified(sms.of(framework), scheduler.authorize(wallet, ready));
        StrictWorker.Start.Started first = assertStarted(worker.start(notified, TOKEN));
        StrictWorker.Start.Started second = assertStarted(worker.start(notified, Optional.of("another")));
        assertThat(worker.log()).isEmpty();
        assertThat(first.session().sessionId()).isNotEqualTo(second.session().sessionId());
        assertThat(first.images())
                .isEqualTo(
                        framework == StrictSms.Framework.TDX
                                ? List.of()
                                : List.of("pre:" + framework, "post:" + framework));
    }

    /** Unlike the original: who recorded a PUT could bring its value back for ever. The task goes on. */
    @Test
    void proxyUrlThatWasReplacedBeforeIsNotTakenAgain() {
        StrictScheduler scheduler = new StrictScheduler(sms.tdx(), somebody());
        scheduler.publishProxyUrl(StrictSms.Framework.TDX, "https://first.test");
        scheduler.publishProxyUrl(StrictSms.Framework.TDX, "https://second.test");
        scheduler.publishProxyUrl(StrictSms.Framework.TDX, "https://second.test");
        assertThat(scheduler.log()).isEmpty();
        scheduler.publishProxyUrl(StrictSms.Framework.TDX, "https://first.test");
        scheduler.publishProxyUrl(StrictSms.Framework.TDX, "https://third.test");
        assertThat(scheduler.log()).singleElement().asString().endsWith("401");
    }

    private static StrictWorker.Start.Started assertStarted(StrictWorker.Start start) {
        assertThat(start).isInstanceOf(StrictWorker.Start.Started.class);
        StrictWorker.Start.Started started = (StrictWorker.Start.Started) start;
        assertThat(started.session().sessionId()).isNotBlank();
        assertThat(started.session().secretProvisioningUrl()).matches("[^/:]+:[0-9]+");
        return started;
    }

    // ---- what does not

    @ParameterizedTest
    @EnumSource
    void taskOfAnotherPoolIsRefusedWithoutACause(StrictSms.Framework framework) {
        MatchedDeal deal = deal(framework, terms -> terms);
        String task = onChain(deal);
        StrictScheduler stranger = new StrictScheduler(sms.of(framework), Wallet.STRANGER);
        assertThat(stranger.initialize(framework, () -> task))
                .isEqualTo(new StrictScheduler.Initialization.InitializeFailed());
        assertThat(stranger.log()).singleElement().asString().endsWith("401");

        Wallet wallet = somebody();
        var forged = new StrictScheduler.Initialization.Ready(task, "0x" + "5c".repeat(20));
        assertThat(worker(framework, wallet)
                        .start(notified(sms.of(framework), stranger.authorize(wallet, forged)), TOKEN))
                .isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_UNKNOWN_ISSUE"));
    }

    @Test
    void smsOfAnotherFrameworkIsNoticed() {
        StrictScheduler wrong = new StrictScheduler(sms.tdx(), Wallet.WORKERPOOL_OWNER);
        assertThat(wrong.initialize(StrictSms.Framework.SCONE, () -> {
                    throw new AssertionError("initialised on chain");
                }))
                .isEqualTo(new StrictScheduler.Initialization.InitializeFailed());
        assertThat(wrong.log()).containsExactly("the SMS is for TDX and not for SCONE");

        Wallet wallet = somebody();
        WorkerpoolAuthorization authorization = authorized(StrictSms.Framework.SCONE, wallet, terms -> terms);
        for (URI url : List.of(sms.gramine(), sms.tdx())) {
            assertThat(worker(StrictSms.Framework.SCONE, wallet).start(notified(url, authorization), TOKEN))
                    .isEqualTo(new StrictWorker.Start.Failed("GET_TEE_SERVICES_CONFIGURATION_FAILED"));
        }
        StrictWorker.Notified nowhere = new StrictWorker.Notified(Optional.empty(), authorization, VERSION);
        assertThat(worker(StrictSms.Framework.SCONE, wallet).start(nowhere, TOKEN))
                .isEqualTo(new StrictWorker.Start.Failed("UNKNOWN_SMS"));
    }

    @Test
    void appOfAnotherFrameworkThanItsDealIsRefused() {
        String app = app(StrictSms.Framework.GRAMINE);
        MatchedDeal deal = sms.story().match(sms.story().terms(app).withTag(TeeTag.SCONE));
        Wallet wallet = somebody();
        assertStartFails(StrictSms.Framework.SCONE, deal, wallet, "APP_COMPUTE_INVALID_ENCLAVE_CONFIG");
    }

    private static void assertStartFails(StrictSms.Framework framework, MatchedDeal deal, Wallet wallet, String code) {
        StrictScheduler scheduler = scheduler(framework);
        var ready = (StrictScheduler.Initialization.Ready) scheduler.initialize(framework, () -> onChain(deal));
        assertThat(worker(framework, wallet)
                        .start(notified(sms.of(framework), scheduler.authorize(wallet, ready)), TOKEN))
                .isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_" + code));
    }

    @ParameterizedTest
    @EnumSource
    void missingSecretsAreToldByTheirCause(StrictSms.Framework framework) {
        Wallet wallet = somebody();
        WorkerpoolAuthorization authorization = authorized(framework, wallet, terms -> terms.withRequester(POOR));
        StrictWorker worker = worker(framework, wallet);
        assertThat(worker.start(notified(sms.of(framework), authorization), Optional.empty()))
                .isEqualTo(
                        new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_POST_COMPUTE_GET_STORAGE_TOKENS_FAILED"));
        assertThat(worker.start(notified(sms.of(framework), authorization), TOKEN))
                .isInstanceOf(StrictWorker.Start.Started.class);

        String dataset = sms.story().createDataset("/ipfs/QmTest", new byte[32]);
        assertStartFails(
                framework,
                deal(framework, terms -> terms.withDataset(dataset)),
                wallet,
                "PRE_COMPUTE_GET_DATASET_SECRET_FAILED");
    }

    @Test
    void pipelineNobodyConfiguredIsNotCaughtByTheWorker() {
        Wallet wallet = somebody();
        WorkerpoolAuthorization authorization = authorized(StrictSms.Framework.SCONE, wallet, terms -> terms);
        StrictWorker.Notified unknown = new StrictWorker.Notified(Optional.of(sms.scone()), authorization, "v0");
        assertThatThrownBy(() -> worker(StrictSms.Framework.SCONE, wallet).start(unknown, TOKEN))
                .isInstanceOf(StrictHttp.ClientFailure.class)
                .hasMessageEndingWith("404");
    }

    @Test
    void completedTaskGetsNeitherChallengeNorSession() {
        StrictSms.Framework framework = StrictSms.Framework.TDX;
        Wallet enclave = somebody();
        MatchedDeal deal = deal(framework, terms -> terms);
        String task = onChain(deal);
        sms.story().complete(task, Wallet.WORKER, enclave);
        sms.served().awaitHead();
        StrictScheduler scheduler = scheduler(framework);
        assertThat(scheduler.initialize(framework, () -> task))
                .isEqualTo(new StrictScheduler.Initialization.InitializeFailed());
        WorkerpoolAuthorization authorization =
                scheduler.authorize(Wallet.WORKER, new StrictScheduler.Initialization.Ready(task, enclave.address()));
        assertThat(worker(framework, Wallet.WORKER).start(notified(sms.tdx(), authorization), TOKEN))
                .isEqualTo(new StrictWorker.Start.Failed("TEE_SESSION_GENERATION_UNKNOWN_ISSUE"));
    }
}
