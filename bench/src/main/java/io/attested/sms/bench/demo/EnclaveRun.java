package io.attested.sms.bench.demo;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.worker.boot.BootOutcome;
import io.attested.sms.worker.boot.BootStage;
import io.attested.sms.worker.boot.TaskOrder;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.Authorization;
import io.attested.sms.worker.release.HttpReleaseService;
import io.attested.sms.worker.simulated.SimulatedDomainEvidence;
import io.attested.sms.worker.simulated.SimulatedEvidence;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One run of the real boot stage in a simulated enclave: a valid run until a scene changes one thing.
 *
 * @param evidence the enclave it runs in
 * @param tree the files the host hands it
 * @param authorization the pool's word
 * @param service where it asks
 * @param signer signs the ask
 * @param image what the measurement covers, for an enclave without CONFIGID
 */
record EnclaveRun(
        Stage stage,
        DemoTask task,
        SimulatedEnclave evidence,
        Path tree,
        Authorization authorization,
        URI service,
        AskSigner signer,
        Optional<MeasuredImage> image) {

    /** The registered application, launched for this service, asking for its own task. */
    static EnclaveRun of(Stage stage, DemoApp app, DemoTask task) {
        return new EnclaveRun(
                stage,
                task,
                stage.enclaveOf(app),
                app.tree(),
                task.authorization(),
                stage.server.nativeApi(),
                AskSigner.of(workerWallet(), InstantSource.system()),
                Optional.empty());
    }

    static io.attested.sms.worker.ethereum.Wallet workerWallet() {
        return io.attested.sms.worker.ethereum.Wallet.parse(SecretBytes.ofUtf8(Wallet.WORKER.privateKey()))
                .orElseThrow();
    }

    EnclaveRun in(SimulatedEnclave other) {
        return new EnclaveRun(stage, task, other, tree, authorization, service, signer, image);
    }

    EnclaveRun with(Path otherTree) {
        return new EnclaveRun(stage, task, evidence, otherTree, authorization, service, signer, image);
    }

    EnclaveRun with(Authorization other) {
        return new EnclaveRun(stage, task, evidence, tree, other, service, signer, image);
    }

    EnclaveRun with(AskSigner other) {
        return new EnclaveRun(stage, task, evidence, tree, authorization, service, other, image);
    }

    EnclaveRun at(URI other) {
        return new EnclaveRun(stage, task, evidence, tree, authorization, other, signer, image);
    }

    EnclaveRun covering(MeasuredImage measured) {
        return new EnclaveRun(stage, task, evidence, tree, authorization, service, signer, Optional.of(measured));
    }

    /** Runs it; the application's own words say whether the dataset arrived. */
    Attempt run() {
        return run(new SimulatedEvidence(evidence, image, stage.enclave()));
    }

    /** Runs it in a trust domain instead, with the same tree, authorisation and service. */
    Attempt run(SimulatedTrustDomain domain) {
        return run(new SimulatedDomainEvidence(domain, stage.enclave()));
    }

    private Attempt run(EvidenceSource source) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        TaskOrder order = TaskOrder.of(authorization, tree)
                .withServiceKey(stage.serviceKey)
                .withDatasetFile(task.data().encrypted());
        BootOutcome outcome;
        try (HttpClient http = HttpClient.newHttpClient()) {
            outcome = new BootStage(
                            source,
                            new HttpReleaseService(http, service),
                            signer,
                            step -> {},
                            new BootStage.Output(out, err))
                    .run(order);
        }
        return switch (outcome) {
            case BootOutcome.Refused(String code, String detail) -> new Attempt.Refused(code, detail);
            case BootOutcome.Started started -> judge(started.exitCode(), out, err);
        };
    }

    private Attempt judge(int exitCode, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        String said = out.toString(StandardCharsets.UTF_8).strip();
        if (exitCode != 0) {
            return new Attempt.Broken("the application ended with " + exitCode + ": "
                    + err.toString(StandardCharsets.UTF_8).strip());
        }
        return said.equals("dataset-sha256 " + task.data().plainSha256())
                ? new Attempt.Granted("dataset decrypted inside, SHA-256 "
                        + task.data().plainSha256().substring(0, 16) + "… as the original")
                : new Attempt.Broken("the application saw another dataset than the original");
    }
}
