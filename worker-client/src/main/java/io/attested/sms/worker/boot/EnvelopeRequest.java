package io.attested.sms.worker.boot;

import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.boot.BootListener.BootStep;
import io.attested.sms.worker.ethereum.Ask;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.release.Answer;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.Authorization;
import io.attested.sms.worker.release.Challenge;
import io.attested.sms.worker.release.Grant;
import io.attested.sms.worker.release.Redemption;
import io.attested.sms.worker.release.ReleaseService;
import io.attested.sms.worker.release.RuntimeData;
import io.attested.sms.worker.release.ServiceDescription;
import io.attested.sms.worker.release.SignedAsk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Gets the envelope of one task: ask, prove, redeem, verify, open, compare. Native protocol sections 2 to 4.
 *
 * <p>The service key to believe comes from the launch. Answers that name another one end the run before evidence is made.
 */
final class EnvelopeRequest {
    private static final byte[] INFO = "sms-envelope/1".getBytes(StandardCharsets.US_ASCII);

    private final EvidenceSource evidence;
    private final ReleaseService service;
    private final AskSigner signer;
    private final BootListener listener;

    EnvelopeRequest(EvidenceSource evidence, ReleaseService service, AskSigner signer, BootListener listener) {
        this.evidence = evidence;
        this.service = service;
        this.signer = signer;
        this.listener = listener;
    }

    /** The content, and where the grant stands in the log. */
    record Opened(EnvelopeContent content, Grant.LogPosition log) {}

    Opened open(Authorization authorization, ServiceKey trusted, EnvelopeOpener opener) throws RefusedException {
        ServiceDescription description = given(service.describe());
        requireTrusted(trusted, description.serviceKey());
        SignedAsk ask = signedAsk(authorization, description);
        Challenge challenge = given(service.ask(authorization, ask));
        requireTrusted(trusted, challenge.serviceKey());
        listener.reached(BootStep.CHALLENGE_RECEIVED);
        byte[] runtimeData = RuntimeData.of(description, challenge, ask.ask(), opener.kem(), opener.publicKey())
                .bytes();
        byte[] reportData = ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData);
        Redemption redemption = redemption(challenge, runtimeData, reportData);
        listener.reached(BootStep.EVIDENCE_MADE);
        Grant grant = given(service.redeem(redemption));
        EnvelopeContent content = content(grant, redemption, reportData, trusted, opener);
        requireFor(content, ask.ask());
        listener.reached(BootStep.ENVELOPE_OPENED);
        return new Opened(content, grant.log());
    }

    private SignedAsk signedAsk(Authorization authorization, ServiceDescription description) throws RefusedException {
        SignedAsk signed =
                signer.sign(authorization.chainTaskId(), authorization.enclaveChallenge(), description.askDomain());
        Ask ask = signed.ask();
        boolean fits = ask.chainTaskId().equals(authorization.chainTaskId())
                && ask.stage().equals(Ask.APP_STAGE)
                && ask.worker().equals(authorization.workerWallet())
                && ask.enclaveChallenge().equals(authorization.enclaveChallenge());
        if (!fits) {
            throw new RefusedException(
                    RefusalCode.WRONG_ASK,
                    "the signed ask and the workerpool authorization must name the same task, worker and enclave "
                            + "challenge, and the stage \"app\"; sign an ask for this authorization");
        }
        return signed;
    }

    private Redemption redemption(Challenge challenge, byte[] runtimeData, byte[] reportData) throws RefusedException {
        try {
            return new Redemption(challenge.token(), evidence.quote(reportData), runtimeData, evidence.collateral());
        } catch (IOException e) {
            throw new RefusedException(
                    RefusalCode.NO_EVIDENCE, "the enclave could not prove what it is: " + e.getMessage());
        }
    }

    private static EnvelopeContent content(
            Grant grant, Redemption redemption, byte[] reportData, ServiceKey trusted, EnvelopeOpener opener)
            throws RefusedException {
        if (!ServiceSignature.verifiesEnvelope(
                trusted.bytes(), redemption.quote(), grant.sealed(), grant.signature())) {
            throw new RefusedException(
                    RefusalCode.WRONG_SERVICE,
                    "the envelope is not signed by the service the enclave was launched for (" + trusted
                            + "); somebody else answered, or changed the answer");
        }
        Optional<SecretBytes> plaintext = opener.open(grant.sealed(), INFO, reportData);
        try (SecretBytes found = plaintext.orElseThrow(() -> new RefusedException(
                RefusalCode.UNREADABLE_ENVELOPE, "the service's envelope is not sealed to this enclave's key"))) {
            return EnvelopeContent.parse(found);
        } catch (MalformedJsonException e) {
            throw new RefusedException(RefusalCode.UNREADABLE_ENVELOPE, String.valueOf(e.getMessage()));
        }
    }

    private static void requireFor(EnvelopeContent content, Ask ask) throws RefusedException {
        boolean fits = content.chainTaskId().equals(ask.chainTaskId())
                && content.stage().equals(ask.stage())
                && content.worker().equals(ask.worker());
        if (!fits) {
            content.close();
            throw new RefusedException(
                    RefusalCode.WRONG_SERVICE,
                    "the envelope is for another task, stage or worker than the one asked for; it was not used");
        }
    }

    private static void requireTrusted(ServiceKey trusted, ServiceKey claimed) throws RefusedException {
        if (!claimed.equals(trusted)) {
            throw new RefusedException(
                    RefusalCode.WRONG_SERVICE,
                    "the service that answers has the key " + claimed + ", the enclave was launched for " + trusted
                            + "; use the address of that service");
        }
    }

    private static <T> T given(Answer<T> answer) throws RefusedException {
        return switch (answer) {
            case Answer.Given<T> given -> given.value();
            case Answer.Declined<T> declined -> throw new RefusedException(declined.code(), declined.detail());
        };
    }
}
