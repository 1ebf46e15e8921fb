package io.attested.sms.release;

import io.attested.sms.attestation.seal.EnvelopeSealer;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.identity.SignatureJudge;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.ReleaseWriter;
import io.attested.sms.session.TaskBudget;
import io.attested.sms.session.TaskGate;
import io.attested.sms.task.TaskBook;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * The two desks of the native release, sharing one mint.
 *
 * @param challenges hands challenges out
 * @param envelopes redeems them
 */
public record ReleaseDesks(ChallengeDesk challenges, EnvelopeDesk envelopes) {

    /** What both desks need of the service around them. */
    public record Surroundings(
            IntentDomain domain,
            TaskBook tasks,
            TaskGate gate,
            SignatureJudge signatures,
            Keyring keyring,
            DecisionRecorder recorder,
            TaskBudget redemptions,
            SecureRandom random,
            InstantSource clock) {}

    /** Opens the desks. */
    public static ReleaseDesks open(
            Surroundings around, NonceBook nonces, EvidenceJudge judge, EnvelopeSealer sealer, ReleaseWriter writer) {
        ChallengeMint mint = new ChallengeMint(around.keyring(), around.random());
        return new ReleaseDesks(
                new ChallengeDesk(
                        around.domain(),
                        around.tasks(),
                        around.gate(),
                        around.signatures(),
                        around.keyring(),
                        around.recorder(),
                        mint,
                        around.clock()),
                new EnvelopeDesk(
                        new ChallengeBook(mint, nonces, around.clock()),
                        around.tasks(),
                        around.gate(),
                        judge,
                        new EnvelopeMaker(around.domain(), around.keyring(), sealer, writer),
                        around.recorder(),
                        around.redemptions()));
    }
}
