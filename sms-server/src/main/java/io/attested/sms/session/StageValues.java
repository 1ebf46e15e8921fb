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
import io.attested.sms.task.BulkSlice;
import io.attested.sms.task.DealParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The values of each stage of a task: the tables of the iExec contract, section 4.3, in their order. A pure function of a
 * grant, the opened secrets and the task's challenge key.
 *
 * <p>Secrets become strings here, which cannot be wiped: both an environment and a session document are made of text.
 * They live as long as the answer is being made.
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

    /** The pre-compute's environment; nothing when there is nothing to fetch and so no such stage. */
    Optional<Map<String, String>> preCompute(TaskChallengeKey challengeKey) {
        DealParameters parameters = grant.parameters();
        Optional<Dataset> dataset = grant.facts().dataset().filter(Dataset::hasPlace);
        if (dataset.isEmpty()
                && parameters.inputFiles().isEmpty()
                && parameters.bulkCid().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = signTokens(challengeKey);
        values.put("IEXEC_PRE_COMPUTE_OUT", IN);
        values.put("IS_DATASET_REQUIRED", Boolean.toString(dataset.isPresent()));
        dataset.ifPresent(registered -> {
            values.put("IEXEC_DATASET_KEY", text(new SecretUse.DatasetKey()));
            values.put("IEXEC_DATASET_URL", registered.multiaddr());
            values.put("IEXEC_DATASET_CHECKSUM", registered.checksum().toString());
            values.put("IEXEC_DATASET_FILENAME", fileNameOf(registered));
        });
        putDealAndTask(values);
        putInputFiles(values, "IEXEC_INPUT_FILE_URL_", url -> url);
        putBulk(values, this::putBulkDataset);
        return Optional.of(values);
    }

    private void putBulkDataset(Map<String, String> values, String prefix, int number, BulkSlice.Element element) {
        switch (element) {
            case BulkSlice.Usable(Dataset registered, Address ignored) -> {
                values.put(prefix + "URL", registered.multiaddr());
                values.put(prefix + "CHECKSUM", registered.checksum().toString());
                values.put(prefix + "KEY", text(new SecretUse.BulkDatasetKey(number)));
            }
            case BulkSlice.Unusable ignored -> {
                values.put(prefix + "URL", "");
                values.put(prefix + "CHECKSUM", "");
                values.put(prefix + "KEY", "");
            }
        }
        values.put(prefix + "FILENAME", element.dataset().toString());
    }

    /** The application's environment; the keys of datasets are not in it. */
    Map<String, String> application() {
        TaskFacts facts = grant.facts();
        Deal deal = facts.deal();
        Map<String, String> values = new LinkedHashMap<>();
        putDealAndTask(values);
        values.put("IEXEC_IN", IN);
        values.put("IEXEC_OUT", OUT);
        values.put("IEXEC_BOT_SIZE", Long.toString(deal.botSize()));
        values.put("IEXEC_BOT_FIRST_INDEX", Long.toString(deal.botFirst()));
        values.put("IEXEC_BOT_TASK_INDEX", Long.toString(facts.task().index()));
        String dataset = deal.dataset().map(Asset::address).orElse(Address.ZERO).toString();
        values.put("IEXEC_DATASET_ADDRESS", dataset);
        values.put("IEXEC_DATASET_FILENAME", dataset);
        putInputFiles(values, "IEXEC_INPUT_FILE_NAME_", StageValues::fileName);
        secrets.text(new SecretUse.AppDeveloperSecret()).ifPresent(secret -> {
            values.put("IEXEC_APP_DEVELOPER_SECRET", secret);
            values.put("IEXEC_APP_DEVELOPER_SECRET_1", secret);
        });
        for (Integer index : grant.parameters().requesterSecrets().keySet()) {
            secrets.text(new SecretUse.RequesterSecret(index))
                    .ifPresent(secret -> values.put("IEXEC_REQUESTER_SECRET_" + index, secret));
        }
        putBulk(
                values,
                (into, prefix, number, element) ->
                        into.put(prefix + "FILENAME", element.dataset().toString()));
        return values;
    }

    private void putDealAndTask(Map<String, String> values) {
        TaskFacts facts = grant.facts();
        values.put("IEXEC_DEAL_ID", facts.deal().id().toString());
        values.put("IEXEC_TASK_INDEX", Long.toString(facts.task().index()));
        values.put("IEXEC_TASK_ID", facts.task().id().toString());
    }

    private void putInputFiles(Map<String, String> values, String prefix, UnaryOperator<String> value) {
        List<String> files = grant.parameters().inputFiles();
        values.put("IEXEC_INPUT_FILES_NUMBER", Integer.toString(files.size()));
        if (!files.isEmpty()) {
            values.put("IEXEC_INPUT_FILES_FOLDER", IN);
        }
        for (int i = 0; i < files.size(); i++) {
            values.put(prefix + (i + 1), value.apply(files.get(i)));
        }
    }

    /** Writes what a stage is told of one dataset of a bulk deal. */
    private interface BulkValues {
        void put(Map<String, String> values, String prefix, int number, BulkSlice.Element element);
    }

    private void putBulk(Map<String, String> values, BulkValues ofElement) {
        if (grant.parameters().bulkCid().isEmpty()) {
            return;
        }
        List<BulkSlice.Element> elements = grant.bulk().elements();
        values.put("IEXEC_BULK_SLICE_SIZE", Integer.toString(elements.size()));
        for (int number = 1; number <= elements.size(); number++) {
            ofElement.put(values, "IEXEC_DATASET_" + number + "_", number, elements.get(number - 1));
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

    /** What decrypts and names the deal's dataset; nothing when the deal has none, or one without a place. */
    Optional<ReleaseDocument.DatasetAccess> dataset() {
        return grant.facts()
                .dataset()
                .filter(Dataset::hasPlace)
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

    /** The post-compute's environment: what signs, encrypts and stores the result. */
    Map<String, String> postCompute(TaskChallengeKey challengeKey) {
        DealParameters parameters = grant.parameters();
        Map<String, String> values = signTokens(challengeKey);
        values.put("RESULT_ENCRYPTION", Boolean.toString(parameters.resultEncryption()));
        values.put("RESULT_ENCRYPTION_PUBLIC_KEY", trimmed(new SecretUse.ResultEncryptionKey()));
        boolean callback = storesNothing();
        values.put("RESULT_STORAGE_CALLBACK", Boolean.toString(callback));
        values.put("RESULT_STORAGE_PROVIDER", callback ? "" : parameters.storageProvider());
        values.put("RESULT_STORAGE_PROXY", callback ? "" : proxy(parameters));
        values.put("RESULT_STORAGE_TOKEN", callback ? "" : trimmed(new SecretUse.ResultStorageToken()));
        return values;
    }

    /**
     * The first secret the post-compute cannot work without and that is blank: it can be pushed, is reported as present, and
     * leaves nothing after trimming.
     */
    Optional<SecretUse> blankForPostCompute() {
        if (grant.parameters().resultEncryption()
                && trimmed(new SecretUse.ResultEncryptionKey()).isEmpty()) {
            return Optional.of(new SecretUse.ResultEncryptionKey());
        }
        return !storesNothing() && trimmed(new SecretUse.ResultStorageToken()).isEmpty()
                ? Optional.of(new SecretUse.ResultStorageToken())
                : Optional.empty();
    }

    /** A result that is called back on chain is stored nowhere. */
    private boolean storesNothing() {
        return !grant.facts().deal().callback().isZero();
    }

    private Map<String, String> signTokens(TaskChallengeKey challengeKey) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IEXEC_TASK_ID", grant.facts().task().id().toString());
        values.put("SIGN_WORKER_ADDRESS", worker.checksummed());
        values.put("SIGN_TEE_CHALLENGE_PRIVATE_KEY", hex(challengeKey));
        return values;
    }

    private static String hex(TaskChallengeKey challengeKey) {
        byte[] key = challengeKey.privateKey().copy(RawSecretAccess.to("give it to the task's enclave"));
        try {
            return "0x" + HexFormat.of().formatHex(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private String proxy(DealParameters parameters) {
        return parameters.storageProxy().isEmpty()
                ? trimmed(new SecretUse.ResultProxyUrl())
                : parameters.storageProxy();
    }

    /** As pushed; empty when the task has none. */
    private String text(SecretUse use) {
        return secrets.text(use).orElse("");
    }

    /** Account secrets are trimmed, no others are. */
    private String trimmed(SecretUse use) {
        return text(use).trim();
    }
}
