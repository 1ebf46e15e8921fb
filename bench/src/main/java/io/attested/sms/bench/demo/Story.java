package io.attested.sms.bench.demo;

import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Ask;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.Redemption;
import io.attested.sms.worker.release.SignedAsk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The scenes, in order. */
final class Story {
    private final Stage stage;
    private final StepLog log;
    private final Owners owners;
    private final SecureRandom random;
    private final IexecActors iexec;

    Story(Stage stage, StepLog log, Owners owners, SecureRandom random) {
        this.stage = stage;
        this.log = log;
        this.owners = owners;
        this.random = random;
        this.iexec = new IexecActors(stage.http);
    }

    /** Plays everything. */
    void play() throws IOException {
        log.scene("Owners push, requesters buy: the real SDK");
        DemoApp card = DemoApp.write(stage.worker(), "reader-card");
        DemoApp historical = DemoApp.write(stage.worker(), "reader-historical");
        DemoApp json = DemoApp.write(stage.worker(), "reader-json");
        DemoApp tdx = DemoApp.write(stage.worker(), "reader-tdx");
        Owners.SdkDeals deals = owners.withTheRealSdks(log, json, tdx);

        String cardApp = stage.scenario.createApp(card.cardForm(stage.mrEnclave));
        String historicalApp = stage.scenario.createApp(historical.historicalForm(stage.mrEnclave));
        log.ok("apps deployed by the registry, plain text forms", "card's order and historical order");
        DemoTask cardTask = task(match(cardApp, deals.ofSdk9()), 0, deals.ofSdk9());
        DemoTask historicalTask = task(match(historicalApp, deals.ofSdk8()), 0, deals.ofSdk8());
        DemoTask jsonTask = task(deals.sconeDeal(), 0, deals.ofSdk8(), stage.server.scone());
        DemoTask tdxTask = task(deals.tdxDeal(), 0, deals.ofSdk9(), stage.server.tdx());

        sessions(cardTask, jsonTask, tdxTask);

        log.scene("The enclave proves itself and gets its task's secrets");
        EnclaveRun run = EnclaveRun.of(stage, card, cardTask);
        log.expectGranted("fingerprint in the card's order", run.run());
        log.expectGranted(
                "fingerprint in the historical order",
                EnclaveRun.of(stage, historical, historicalTask).run());
        log.expectGranted(
                "fingerprint in a JSON configuration",
                EnclaveRun.of(stage, json, jsonTask).run());
        bareMeasurement(deals);
        TrustDomainScenes domains = new TrustDomainScenes(stage, log, tdx, tdxTask);
        log.expectGranted("TDX deal of SDK 9, checksum of the image registered", domains.run());

        evidence(run, historical, tdxTask, domains);
        domains.play(cardTask, zeroChecksum(deals.ofSdk9()));
        bootStage(run, card);
        requests(run);
        chain(card, cardApp, deals.ofSdk9());
        secrets(card, cardApp);
        outage(run);
        owners.leave();
    }

    // Sessions

    private void sessions(DemoTask card, DemoTask json, DemoTask tdx) throws IOException {
        log.scene("The worker's session, as iExec's software asks for it");
        framework("SCONE", stage.server.scone());
        framework("TDX", stage.server.tdx());
        session("session of a SCONE task, plain fingerprint", stage.server.scone(), card);
        session("session of a SCONE task, JSON configuration", stage.server.scone(), json);
        session("session of a TDX task of SDK 9", stage.server.tdx(), tdx);
    }

    private void framework(String expected, URI listener) throws IOException {
        IexecActors.Answer answer = iexec.framework(listener);
        if (answer.status() == 200 && answer.body().equals("\"" + expected + "\"")) {
            log.ok("GET /tee/framework on the " + expected + " listener", answer.body());
        } else {
            log.failed("GET /tee/framework on the " + expected + " listener", answer.status() + " " + answer.body());
        }
    }

    private void session(String step, URI listener, DemoTask task) throws IOException {
        IexecActors.Answer answer = iexec.session(listener, task);
        String session = answer.status() == 200 ? answer.member("data", "sessionId") : "";
        if (session.endsWith("0000" + task.id())) {
            log.ok(step, "provisioning at " + answer.member("data", "secretProvisioningUrl"));
        } else {
            log.failed(step, answer.status() + " " + answer.body());
        }
    }

    // Grants

    private void bareMeasurement(Owners.SdkDeals deals) throws IOException {
        DemoApp measured = DemoApp.write(stage.worker(), "reader-measured");
        byte[] ownCode = new byte[32];
        random.nextBytes(ownCode);
        String configuration = JsonMapper.shared()
                .writeValueAsString(Owners.configuration(HexFormat.of().formatHex(ownCode)));
        DemoTask task = task(match(stage.scenario.createApp(configuration), deals.ofSdk9()), 0, deals.ofSdk9());
        MeasuredImage image = new MeasuredImage(stage.serviceKey, measured.tree(), "/bin/sh app.sh");
        EnclaveRun run = EnclaveRun.of(stage, measured, task)
                .in(SimulatedEnclave.of(stage.intel, ownCode))
                .covering(image);
        log.expectGranted("bare MrEnclave: the image covers its own files", run.run());
    }

    // Refusals of evidence

    private void evidence(EnclaveRun run, DemoApp other, DemoTask tdx, TrustDomainScenes domains) throws IOException {
        log.scene("Evidence that is refused, each beside a twin that is granted");
        codeAndLaunch(run, other);
        refusal("debug enclave", "evidence.debug-enclave", run.in(run.evidence().withDebug()), "release enclave", run);
        otherTee(run, tdx);
        log.expectGranted(twin("TDX evidence for the TDX deal"), domains.run());
        platform(run);
        challengeUsedTwice(run);
        keyNotBound(run);
    }

    private void codeAndLaunch(EnclaveRun run, DemoApp other) throws IOException {
        byte[] otherCode = new byte[32];
        random.nextBytes(otherCode);
        refusal(
                "enclave of other code",
                "evidence.wrong-code",
                run.in(SimulatedEnclave.of(stage.intel, otherCode)
                        .withConfigId(run.evidence().configId().toByteArray())),
                "the registered code",
                run);
        refusal(
                "same code started for another app",
                "evidence.wrong-launch",
                run.in(stage.enclaveOf(other)).with(other.tree()),
                "started for its own app",
                run);
        byte[] otherService = new byte[32];
        random.nextBytes(otherService);
        DemoApp card = DemoApp.measured(run.tree());
        rawRefusal(
                "same code started for another SMS",
                "evidence.wrong-launch",
                SimulatedEnclave.of(stage.intel, stage.mrEnclave)
                        .withConfigId(card.configId(new ServiceKey(Bytes32.of(otherService)))),
                "started for this SMS",
                run);
    }

    private void otherTee(EnclaveRun run, DemoTask tdx) {
        log.expectRefused(
                "SGX evidence for a TDX deal",
                "evidence.wrong-tee",
                new EnclaveRun(
                                stage,
                                tdx,
                                run.evidence(),
                                run.tree(),
                                tdx.authorization(),
                                run.service(),
                                run.signer(),
                                Optional.empty())
                        .run());
    }

    private void platform(EnclaveRun run) throws IOException {
        SimulatedIntel foreign = SimulatedIntel.create(Instant.now(), random);
        refusal(
                "quote chained to a root that is not trusted",
                "evidence.not-an-enclave",
                run.in(SimulatedEnclave.of(foreign, stage.mrEnclave)
                        .withConfigId(run.evidence().configId().toByteArray())),
                "quote chained to the trusted root",
                run);
        refusal(
                "platform TCB not up to date",
                "evidence.tcb-not-accepted",
                run.in(run.evidence().withTcb(SimulatedTcb.OUT_OF_DATE)),
                "platform TCB up to date",
                run);
    }

    static String twin(String difference) {
        return "  twin: " + difference;
    }

    private void refusal(String step, String code, EnclaveRun wrong, String difference, EnclaveRun twin) {
        log.expectRefused(step, code, wrong.run());
        log.expectGranted(twin(difference), twin.run());
    }

    private void rawRefusal(String step, String code, SimulatedEnclave wrong, String difference, EnclaveRun twin)
            throws IOException {
        try (RawEnclave enclave = new RawEnclave(stage, wrong, twin.task());
                RawEnclave right = new RawEnclave(stage, twin.evidence(), twin.task())) {
            log.expectRefused(step, code, enclave.redeem(enclave.evidence()));
            log.expectGranted(twin(difference), right.redeem(right.evidence()));
        }
    }

    private void challengeUsedTwice(EnclaveRun run) throws IOException {
        try (RawEnclave enclave = new RawEnclave(stage, run.evidence(), run.task())) {
            Redemption evidence = enclave.evidence();
            log.expectGranted(twin("challenge redeemed the first time"), enclave.redeem(evidence));
            log.expectRefused("challenge redeemed a second time", "evidence.challenge-used", enclave.redeem(evidence));
        }
    }

    private void keyNotBound(EnclaveRun run) throws IOException {
        try (RawEnclave enclave = new RawEnclave(stage, run.evidence(), run.task())) {
            log.expectRefused(
                    "report data is not the hash of the runtime data",
                    "evidence.key-not-bound",
                    enclave.redeem(RawEnclave.withHostsKey(enclave.evidence(), enclave.publicKey())));
            log.expectGranted(twin("report data is the hash"), enclave.redeem(enclave.evidence()));
        }
    }

    // Refusals of the boot stage

    private void bootStage(EnclaveRun run, DemoApp app) throws IOException {
        log.scene("The boot stage refuses, and nothing is exposed");
        Path tampered = Files.createDirectories(stage.worker().resolve("tampered"));
        refusal(
                "application file changed after registration",
                "enclave.file-system-changed",
                run.with(app.tamperedCopy(
                        tampered, "changed", tree -> Files.writeString(tree.resolve("app.sh"), "env\n"))),
                "a copy in which nothing changed",
                run.with(app.tamperedCopy(tampered, "unchanged", tree -> {})));
        refusal(
                "application file added after registration",
                "enclave.file-system-changed",
                run.with(app.tamperedCopy(
                        tampered, "added", tree -> Files.writeString(tree.resolve("lib/more.sh"), "env\n"))),
                "no file added",
                run);
        refusal(
                "application file removed after registration",
                "enclave.file-system-changed",
                run.with(app.tamperedCopy(tampered, "removed", tree -> Files.delete(tree.resolve("lib/words.txt")))),
                "no file removed",
                run);
        try (Impostor impostor = new Impostor(stage.server.nativeApi())) {
            refusal(
                    "envelope from an impostor SMS",
                    "enclave.wrong-service",
                    run.at(impostor.url()),
                    "envelope from the SMS of the launch",
                    run);
        }
    }

    // Refusals of requests

    private void requests(EnclaveRun run) {
        log.scene("Requests that do not prove who makes them");
        refusal(
                "authorisation signed by someone else",
                "request.bad-signature",
                run.with(run.task().authorizedBy(Wallet.STRANGER)),
                "signed by the workerpool's owner",
                run);
        AskSigner late = (task, challenge, domain) -> {
            var wallet = EnclaveRun.workerWallet();
            Ask ask = new Ask(
                    task,
                    Ask.APP_STAGE,
                    wallet.address(),
                    challenge,
                    Instant.now().minusSeconds(1).getEpochSecond());
            return new SignedAsk(ask, wallet.signAsk(ask, domain));
        };
        refusal("ask past its deadline", "request.expired", run.with(late), "ask before its deadline", run);
    }

    /** A task of a TDX deal whose app registered the checksum zero. */
    private DemoTask zeroChecksum(DemoDataset data) throws IOException {
        String app =
                stage.scenario.createApp(Wallet.APP_DEVELOPER, "registry.example/reader:0", new byte[32], new byte[0]);
        MatchedDeal deal = stage.scenario.match(terms(app, data).withTag(TeeTag.TDX));
        return task(deal.dealId(), 0, data, stage.server.tdx());
    }

    // Refusals by the chain

    private void chain(DemoApp app, String address, DemoDataset data) throws IOException {
        log.scene("What the chain says");
        MatchedDeal two = stage.scenario.match(terms(address, data).withTasks(2));
        DemoTask first = task(two, 0, data);
        DemoTask second = new DemoTask(two.taskId(1), data, first.enclaveChallenge());
        refusal(
                "task not initialised",
                "chain.task-not-active",
                EnclaveRun.of(stage, app, second),
                "task initialised",
                EnclaveRun.of(stage, app, first));

        EnclaveRun finished = EnclaveRun.of(stage, app, first);
        log.expectGranted(twin("task not yet finished"), finished.run());
        stage.scenario.complete(first.id(), Wallet.WORKER, Wallet.random(random));
        log.expectRefused("task finished", "chain.task-not-active", finished.run());

        MatchedDeal plain = stage.scenario.match(terms(address, data).withTag(TeeTag.NONE));
        stage.scenario.initialize(plain, 0);
        refusal(
                "deal without TEE tag",
                "chain.not-a-tee-task",
                EnclaveRun.of(stage, app, new DemoTask(plain.taskId(0), data, first.enclaveChallenge())),
                "deal with TEE tag",
                EnclaveRun.of(stage, app, task(match(address, data), 0, data)));
    }

    private void deadline(DemoApp app, String address, DemoDataset data) throws IOException {
        // Category 0 of production: contributions are accepted for seven times five minutes.
        EnclaveRun run = EnclaveRun.of(
                stage, app, task(stage.scenario.match(terms(address, data).withCategory(0)), 0, data));
        log.expectGranted(twin("task before its contribution deadline"), run.run());
        stage.chain().increaseTime(7 * 300 + 1);
        stage.chain().mine(1);
        log.expectRefused("task past its contribution deadline", "chain.task-not-active", run.run());
    }

    // Refusals by secrets

    private void secrets(DemoApp app, String address) throws IOException {
        log.scene("What the vault holds");
        Owners.Unpushed unpushed = owners.ownDataset("unpushed.csv");
        EnclaveRun run = EnclaveRun.of(stage, app, task(match(address, unpushed.dataset()), 0, unpushed.dataset()));
        log.expectRefused("dataset whose key was never pushed", "secret.missing", run.run());
        owners.push(unpushed);
        log.expectGranted(twin("its key pushed"), run.run());

        stage.scenario.transferDataset(unpushed.dataset().address(), Wallet.DATASET_OWNER, Wallet.STRANGER);
        log.expectRefused("dataset sold after the deal", "secret.owner-changed", run.run());
        Owners.Unpushed kept = owners.ownDataset("kept.csv");
        owners.push(kept);
        log.expectGranted(
                twin("dataset not sold"),
                EnclaveRun.of(stage, app, task(match(address, kept.dataset()), 0, kept.dataset()))
                        .run());
        deadline(app, address, kept.dataset());
    }

    private void outage(EnclaveRun run) {
        log.scene("An outage is not a refusal");
        String known = stage.stopNode();
        stage.server.awaitChain("stopped");
        log.expectRefused("node stopped in the middle", "chain.stale", run.run());
        stage.restartNode(known);
        stage.server.awaitChain("following");
        log.expectGranted(twin("node running again"), run.run());
    }

    // Making deals and tasks

    private DealTerms terms(String app, DemoDataset data) {
        return stage.scenario.terms(app).withDataset(data.address()).withParams(Owners.PARAMS_JSON);
    }

    private MatchedDeal match(String app, DemoDataset data) {
        return stage.scenario.match(terms(app, data));
    }

    private DemoTask task(MatchedDeal deal, int index, DemoDataset data) throws IOException {
        return task(deal.dealId(), index, data, stage.server.scone());
    }

    private DemoTask task(String dealId, int index, DemoDataset data, URI listener) throws IOException {
        String id = stage.scenario.initialize(dealId, index);
        IexecActors.Answer challenge = iexec.challenge(listener, id);
        if (challenge.status() != 200) {
            throw new IOException("no enclave challenge for a task of the story: " + challenge.status());
        }
        return new DemoTask(id, data, challenge.body());
    }
}
