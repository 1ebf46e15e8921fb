package io.attested.sms.session;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.task.DealParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of each stage of a task: the tables of the iExec contract, section 4.3. A pure function of a grant, the
 * opened secrets and the task's challenge key.
 */
final class StageValues {
    private static final String IN = "/iexec_in";
    private static final String OUT = "/iexec_out";

    private final Decision.Grant grant;
    private final OpenedSecrets secrets;
    private final Address worker;

    StageValues(Decision.Grant grant, OpenedSecrets secrets, Address worker) {
        this.grant = grant;
        this.secrets = secrets;
        this.worker = worker;
    }

    /** The application's environment. */
    Map<String, String> application() {
        TaskFacts facts = grant.facts();
        Deal deal = facts.deal();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IEXEC_DEAL_ID", deal.id().toString());
        values.put("IEXEC_TASK_INDEX", Long.toString(facts.task().index()));
        values.put("IEXEC_TASK_ID", facts.task().id().toString());
        values.put("IEXEC_IN", IN);
        values.put("IEXEC_OUT", OUT);
        values.put("IEXEC_BOT_SIZE", Long.toString(deal.botSize()));
        values.put("IEXEC_BOT_FIRST_INDEX", Long.toString(deal.botFirst()));
        values.put("IEXEC_BOT_TASK_INDEX", Long.toString(facts.task().index()));
        String dataset = deal.dataset().map(Asset::address).orElse(Address.ZERO).toString();
        values.put("IEXEC_DATASET_ADDRESS", dataset);
        values.put("IEXEC_DATASET_FILENAME", dataset);
        putInputFiles(values);
        secrets.text(new SecretUse.AppDeveloperSecret()).ifPresent(secret -> {
            values.put("IEXEC_APP_DEVELOPER_SECRET", secret);
            values.put("IEXEC_APP_DEVELOPER_SECRET_1", secret);
        });
        for (Integer index : grant.parameters().requesterSecrets().keySet()) {
            secrets.text(new SecretUse.RequesterSecret(index))
                    .ifPresent(secret -> values.put("IEXEC_REQUESTER_SECRET_" + index, secret));
        }
        return values;
    }

    private void putInputFiles(Map<String, String> values) {
        List<String> files = grant.parameters().inputFiles();
        values.put("IEXEC_INPUT_FILES_NUMBER", Integer.toString(files.size()));
        if (!files.isEmpty()) {
            values.put("IEXEC_INPUT_FILES_FOLDER", IN);
        }
        for (int i = 0; i < files.size(); i++) {
            values.put("IEXEC_INPUT_FILE_NAME_" + (i + 1), fileName(files.get(i)));
        }
    }

    /** {@code 0x} and the SHA-256 of the URL's text: the name under which an input file is stored. */
    static String fileName(String url) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return "0x" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What decrypts and names the deal's dataset; nothing when the deal has none. */
    Optional<ReleaseDocument.DatasetAccess> dataset() {
        return grant.facts()
                .dataset()
                .map(dataset -> new ReleaseDocument.DatasetAccess(
                        dataset.address().toString(),
                        secrets.text(new SecretUse.DatasetKey()).orElseThrow(),
                        dataset.multiaddr(),
                        dataset.checksum().toString(),
                        fileNameOf(dataset)));
    }

    private static String fileNameOf(Dataset dataset) {
        return dataset.address().toString();
    }

    /** What signs, encrypts and stores the result. */
    Map<String, String> result(TaskChallengeKey challengeKey) {
        DealParameters parameters = grant.parameters();
        Deal deal = grant.facts().deal();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IEXEC_TASK_ID", grant.facts().task().id().toString());
        values.put("SIGN_WORKER_ADDRESS", worker.checksummed());
        values.put(
                "SIGN_TEE_CHALLENGE_PRIVATE_KEY",
                "0x"
                        + HexFormat.of()
                                .formatHex(challengeKey
                                        .privateKey()
                                        .copy(RawSecretAccess.to("put it into the envelope"))));
        values.put("RESULT_ENCRYPTION", Boolean.toString(parameters.resultEncryption()));
        values.put("RESULT_ENCRYPTION_PUBLIC_KEY", trimmed(new SecretUse.ResultEncryptionKey()));
        boolean callback = !deal.callback().isZero();
        values.put("RESULT_STORAGE_CALLBACK", Boolean.toString(callback));
        values.put("RESULT_STORAGE_PROVIDER", callback ? "" : parameters.storageProvider());
        values.put("RESULT_STORAGE_PROXY", callback ? "" : proxy(parameters));
        values.put("RESULT_STORAGE_TOKEN", callback ? "" : trimmed(new SecretUse.ResultStorageToken()));
        return values;
    }

    private String proxy(DealParameters parameters) {
        return parameters.storageProxy().isEmpty()
                ? trimmed(new SecretUse.ResultProxyUrl())
                : parameters.storageProxy();
    }

    private String trimmed(SecretUse use) {
        return secrets.text(use).map(String::trim).orElse("");
    }
}
