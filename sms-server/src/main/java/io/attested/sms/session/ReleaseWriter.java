package io.attested.sms.session;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.grant.Decision;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.task.RegisteredCode;
import java.util.List;
import java.util.Optional;

/**
 * Writes what a native release seals: opens exactly the secrets of a grant and arranges them for the one stage
 * {@code app}, which does the work of iExec's three.
 */
public final class ReleaseWriter {
    /** The only stage of the native release. */
    public static final String STAGE = "app";

    private final SecretVault vault;
    private final Keyring keyring;

    public ReleaseWriter(SecretVault vault, Keyring keyring) {
        this.vault = vault;
        this.keyring = keyring;
    }

    /**
     * The plaintext for the enclave of {@code grant}'s task; the caller seals and closes it.
     *
     * @param chainId the chain of the task, for the challenge key
     * @param hub the hub of the task, for the challenge key
     * @return nothing when a granted secret is no longer there
     */
    public Optional<SecretBytes> write(Decision.Grant grant, Address worker, long chainId, Address hub) {
        return switch (OpenedSecrets.open(vault, grant)) {
            case OpenedSecrets.Gone ignored -> Optional.empty();
            case OpenedSecrets.All(OpenedSecrets opened) -> {
                try (opened;
                        TaskChallengeKey challengeKey = keyring.challengeKey(
                                chainId, hub, grant.facts().task().id())) {
                    yield Optional.of(document(grant, new StageValues(grant, opened, worker), worker, challengeKey)
                            .encode());
                }
            }
        };
    }

    private static ReleaseDocument document(
            Decision.Grant grant, StageValues values, Address worker, TaskChallengeKey challengeKey) {
        List<ReleaseDocument.InputFile> files = grant.parameters().inputFiles().stream()
                .map(url -> new ReleaseDocument.InputFile(url, StageValues.fileName(url)))
                .toList();
        return new ReleaseDocument(
                grant.facts().task().id().toString(),
                STAGE,
                worker.toString(),
                values.application(),
                values.dataset(),
                files,
                entrypoint(grant.code()),
                grant.parameters().arguments(),
                values.postCompute(challengeKey));
    }

    private static Optional<String> entrypoint(RegisteredCode code) {
        return switch (code) {
            case RegisteredCode.Fingerprint fingerprint ->
                fingerprint.entrypoint().filter(text -> !text.isBlank());
            case RegisteredCode.MeasuredImage image ->
                Optional.of(image.entrypoint()).filter(text -> !text.isBlank());
            case RegisteredCode.TrustDomain ignored -> Optional.empty();
            case RegisteredCode.Unreadable ignored -> Optional.empty();
        };
    }
}
