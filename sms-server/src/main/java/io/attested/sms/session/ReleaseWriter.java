package io.attested.sms.session;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Dataset;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.task.BulkSlice;
import io.attested.sms.task.RegisteredCode;
import java.util.ArrayList;
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
                    yield Optional.of(
                            document(grant, new StageValues(grant, opened, worker), opened, worker, challengeKey)
                                    .encode());
                }
            }
        };
    }

    /** Each dataset of a bulk task that can be used; nothing for other tasks. */
    private static Optional<List<ReleaseDocument.DatasetAccess>> bulk(Decision.Grant grant, OpenedSecrets secrets) {
        List<BulkSlice.Element> elements = grant.bulk().elements();
        List<ReleaseDocument.DatasetAccess> datasets = new ArrayList<>();
        for (int number = 1; number <= elements.size(); number++) {
            if (elements.get(number - 1) instanceof BulkSlice.Usable(Dataset dataset, Address ignored)) {
                datasets.add(new ReleaseDocument.DatasetAccess(
                        dataset.address().toString(),
                        secrets.text(new SecretUse.BulkDatasetKey(number)).orElseThrow(),
                        dataset.multiaddr(),
                        dataset.checksum().toString(),
                        dataset.address().toString()));
            }
        }
        return elements.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(datasets));
    }

    private static ReleaseDocument document(
            Decision.Grant grant,
            StageValues values,
            OpenedSecrets secrets,
            Address worker,
            TaskChallengeKey challengeKey) {
        List<ReleaseDocument.InputFile> files = grant.parameters().inputFiles().stream()
                .map(url -> new ReleaseDocument.InputFile(url, StageValues.fileName(url)))
                .toList();
        return new ReleaseDocument(
                grant.facts().task().id().toString(),
                STAGE,
                worker.toString(),
                values.application(),
                values.dataset(),
                bulk(grant, secrets),
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
