package io.attested.sms.bench.demo;

import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.worker.release.Answer;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.Challenge;
import io.attested.sms.worker.release.Grant;
import io.attested.sms.worker.release.HttpReleaseService;
import io.attested.sms.worker.release.Redemption;
import io.attested.sms.worker.release.RuntimeData;
import io.attested.sms.worker.release.ServiceDescription;
import io.attested.sms.worker.release.SignedAsk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** The native protocol step by step, for scenes that do with it what a boot stage never would. */
final class RawEnclave implements AutoCloseable {
    private final HttpReleaseService service;
    private final Quoting quoting;
    private final DemoTask task;
    private final ServiceDescription description;
    private final EnvelopeOpener opener = HpkeX25519.newOpener();

    RawEnclave(Stage stage, SimulatedEnclave enclave, DemoTask task) throws IOException {
        this(stage, Quoting.of(enclave), task);
    }

    RawEnclave(Stage stage, Quoting quoting, DemoTask task) throws IOException {
        this.service = new HttpReleaseService(stage.http, stage.server.nativeApi());
        this.quoting = quoting;
        this.task = task;
        this.description = given(service.describe());
    }

    /** Evidence for a fresh challenge, ready to be redeemed. */
    Redemption evidence() throws IOException {
        SignedAsk ask = AskSigner.of(EnclaveRun.workerWallet(), InstantSource.system())
                .sign(
                        task.authorization().chainTaskId(),
                        task.authorization().enclaveChallenge(),
                        description.askDomain());
        Challenge challenge = given(service.ask(task.authorization(), ask));
        byte[] runtimeData = RuntimeData.of(description, challenge, ask.ask(), opener.kem(), opener.publicKey())
                .bytes();
        byte[] quote = quoting.quote().apply(ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData));
        return new Redemption(
                challenge.token(),
                quote,
                runtimeData,
                Optional.of(quoting.collateral().toJson()));
    }

    /** The same evidence beside runtime data that name another key: what a host would do to read the envelope. */
    static Redemption withHostsKey(Redemption honest, byte[] enclavesKey) {
        try (EnvelopeOpener hosts = HpkeX25519.newOpener()) {
            var base64 = java.util.Base64.getEncoder();
            String swapped = new String(honest.runtimeData(), StandardCharsets.UTF_8)
                    .replace(base64.encodeToString(enclavesKey), base64.encodeToString(hosts.publicKey()));
            return new Redemption(
                    honest.token(), honest.quote(), swapped.getBytes(StandardCharsets.UTF_8), honest.collateral());
        }
    }

    byte[] publicKey() {
        return opener.publicKey();
    }

    /** Redeems and, when granted, opens. */
    Attempt redeem(Redemption redemption) {
        return switch (service.redeem(redemption)) {
            case Answer.Declined<Grant> declined -> new Attempt.Refused(declined.code(), declined.detail());
            case Answer.Given<Grant> given -> open(given.value(), redemption);
        };
    }

    private Attempt open(Grant grant, Redemption redemption) {
        byte[] reportData = ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, redemption.runtimeData());
        return opener.open(grant.sealed(), "sms-envelope/1".getBytes(StandardCharsets.US_ASCII), reportData)
                .<Attempt>map(plaintext -> {
                    plaintext.close();
                    return new Attempt.Granted(
                            "envelope opened, log entry " + grant.log().sequence());
                })
                .orElseGet(() -> new Attempt.Broken("the envelope does not open"));
    }

    private static <T> T given(Answer<T> answer) throws IOException {
        return switch (answer) {
            case Answer.Given<T> given -> given.value();
            case Answer.Declined<T> declined -> throw new IOException(declined.code() + ": " + declined.detail());
        };
    }

    @Override
    public void close() {
        opener.close();
    }
}
