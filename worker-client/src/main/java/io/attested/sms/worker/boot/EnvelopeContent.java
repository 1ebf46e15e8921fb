package io.attested.sms.worker.boot;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The plaintext of an envelope, native protocol section 4.
 *
 * @param chainTaskId the task it is for
 * @param stage the stage it is for
 * @param worker the worker it is for
 * @param environment what the application may see
 * @param dataset the dataset and its key, when the deal has one
 * @param datasets those of a bulk task, no two under one name; none for other tasks
 * @param inputFiles names of the deal's input files
 * @param entrypoint the registered entrypoint, for a measured image
 * @param arguments the deal's arguments, one text
 */
record EnvelopeContent(
        Bytes32 chainTaskId,
        String stage,
        EthereumAddress worker,
        Map<String, SecretBytes> environment,
        Optional<Dataset> dataset,
        List<Dataset> datasets,
        List<String> inputFiles,
        Optional<String> entrypoint,
        String arguments)
        implements AutoCloseable {
    private static final String PLACE = "the envelope's content";
    private static final Set<String> MEMBERS = Set.of(
            "chainTaskId",
            "stage",
            "worker",
            "environment",
            "dataset",
            "datasets",
            "inputFiles",
            "entrypoint",
            "arguments",
            "result");
    private static final Set<String> DATASET_MEMBERS = Set.of("address", "key", "url", "checksum", "filename");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** These are for the boot stage; a service that put them among the application's variables made a mistake. */
    private static final Pattern NEVER_VISIBLE =
            Pattern.compile("IEXEC_DATASET_([0-9]+_)?KEY|SIGN_TEE_CHALLENGE_PRIVATE_KEY");

    /** As many as the service reads of one slice. */
    private static final int MOST_DATASETS = 100;

    /**
     * Reads the JSON object. Values become strings inside the JSON parser, which nobody can wipe.
     *
     * @throws MalformedJsonException naming a member, never a value
     */
    static EnvelopeContent parse(SecretBytes plaintext) throws MalformedJsonException {
        byte[] json = plaintext.copy(RawSecretAccess.to("read the envelope"));
        try {
            StrictJson object = StrictJson.parse(PLACE, json, MEMBERS);
            if (object.has("result")) {
                object.textMap("result");
            }
            return new EnvelopeContent(
                    object.parsed("chainTaskId", "32 bytes in hex", Bytes32::parse),
                    object.text("stage"),
                    object.parsed("worker", "an address", EthereumAddress::parse),
                    environment(object),
                    object.has("dataset")
                            ? Optional.of(Dataset.read(object.object("dataset", DATASET_MEMBERS)))
                            : Optional.empty(),
                    datasets(object),
                    inputFiles(object),
                    object.optionalText("entrypoint"),
                    object.optionalText("arguments").orElse(""));
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }

    private static Map<String, SecretBytes> environment(StrictJson object) throws MalformedJsonException {
        Map<String, SecretBytes> environment = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : object.textMap("environment").entrySet()) {
            String name = variable.getKey();
            if (!VARIABLE.matcher(name).matches() || NEVER_VISIBLE.matcher(name).matches()) {
                throw new MalformedJsonException(PLACE + " names a variable that an application cannot be given");
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                throw new MalformedJsonException(PLACE + " has the character U+0000 in the variable " + name);
            }
            environment.put(name, SecretBytes.ofUtf8(variable.getValue()));
        }
        return environment;
    }

    private static List<String> inputFiles(StrictJson object) throws MalformedJsonException {
        if (!object.has("inputFiles")) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (StrictJson file : object.objects("inputFiles", Set.of("url", "name"))) {
            file.text("url");
            names.add(file.parsed("name", "a plain file name", EnvelopeContent::fileName));
        }
        return List.copyOf(names);
    }

    /** A dataset that is listed twice is placed once. */
    private static List<Dataset> datasets(StrictJson object) throws MalformedJsonException {
        if (!object.has("datasets")) {
            return List.of();
        }
        Map<String, Dataset> byName = new LinkedHashMap<>();
        List<StrictJson> listed = object.objects("datasets", DATASET_MEMBERS);
        if (listed.size() > MOST_DATASETS) {
            throw new MalformedJsonException(PLACE + " has more than " + MOST_DATASETS + " datasets");
        }
        for (StrictJson element : listed) {
            Dataset dataset = Dataset.read(element);
            Dataset same = byName.putIfAbsent(dataset.filename(), dataset);
            if (same != null) {
                dataset.keyText().close();
                if (!same.checksum().equals(dataset.checksum())) {
                    throw new MalformedJsonException(PLACE + " gives two datasets one name");
                }
            }
        }
        return List.copyOf(byName.values());
    }

    private static Optional<String> fileName(String text) {
        boolean plain = text.matches("[A-Za-z0-9._-]{1,255}") && !text.equals(".") && !text.equals("..");
        return plain ? Optional.of(text) : Optional.empty();
    }

    @Override
    public void close() {
        environment.values().forEach(SecretBytes::close);
        dataset.ifPresent(found -> found.keyText().close());
        datasets.forEach(found -> found.keyText().close());
    }

    @Override
    public String toString() {
        return "EnvelopeContent[task " + chainTaskId + "]";
    }

    /**
     * A dataset.
     *
     * @param keyText the key as its owner pushed it
     * @param checksum SHA-256 of the encrypted file
     * @param filename its name among the inputs, before and after decryption
     */
    record Dataset(SecretBytes keyText, Bytes32 checksum, String filename) {
        static Dataset read(StrictJson object) throws MalformedJsonException {
            object.parsed("address", "an address", EthereumAddress::parse);
            object.text("url");
            return new Dataset(
                    SecretBytes.ofUtf8(object.text("key")),
                    object.parsed("checksum", "32 bytes in hex", Bytes32::parse),
                    object.parsed("filename", "a plain file name", EnvelopeContent::fileName));
        }
    }
}
