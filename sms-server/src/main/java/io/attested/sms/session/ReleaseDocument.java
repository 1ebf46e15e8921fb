package io.attested.sms.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.attested.sms.attestation.seal.SecretBytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plaintext of an envelope: all that one enclave receives for one task.
 *
 * <p>It repeats task, stage and worker, which the boot stage compares, because an envelope by itself does not say what it
 * was asked for.
 *
 * @param environment the only values the application sees
 * @param dataset absent when the deal has none; its key never enters the environment
 * @param datasets of a bulk task, in the order of its slice, those left out that cannot be used; absent for other tasks
 * @param entrypoint the registered command of an app with a JSON configuration, else absent
 * @param arguments further arguments from the deal, one text
 * @param result what signs, encrypts and stores the result
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ReleaseDocument(
        String chainTaskId,
        String stage,
        String worker,
        Map<String, String> environment,
        Optional<DatasetAccess> dataset,
        Optional<List<DatasetAccess>> datasets,
        List<InputFile> inputFiles,
        Optional<String> entrypoint,
        String arguments,
        Map<String, String> result) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * How to read a dataset.
     *
     * @param key base64 text of the AES key, as its owner pushed it
     * @param checksum SHA-256 of the encrypted file, hex with 0x
     */
    record DatasetAccess(String address, String key, String url, String checksum, String filename) {
        @Override
        public String toString() {
            return "DatasetAccess[" + address + "]";
        }
    }

    /** A file the requester named. */
    record InputFile(String url, String name) {}

    /** UTF-8 JSON. */
    SecretBytes encode() {
        return SecretBytes.owning(JSON.writeValueAsBytes(this));
    }

    @Override
    public String toString() {
        return "ReleaseDocument[" + chainTaskId + "]";
    }
}
