package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The environment of each stage as contract section 4.3 has it, for a task whose secrets are those of {@link Furnished}.
 * The one value nobody can know beforehand, the challenge's private key, is {@link #PRIVATE_KEY}.
 */
final class Tokens {
    static final String PRE_COMPUTE = "pre-compute";
    static final String APP = "app";
    static final String POST_COMPUTE = "post-compute";
    static final String SIGN_KEY = "SIGN_TEE_CHALLENGE_PRIVATE_KEY";

    /** Stands for the private key of the task's challenge. */
    static final String PRIVATE_KEY = "the private key of the task's challenge";

    private static final String ZERO = "0x" + "0".repeat(40);
    private static final Set<String> PUSHED = Set.of("first", "second");

    private final ScenarioFile scenario;
    private final ScenarioFile.Task task;
    private final boolean appSecret;
    private final JsonNode params;

    private Tokens(ScenarioFile scenario, ScenarioFile.Task task, boolean appSecret, JsonNode params) {
        this.scenario = scenario;
        this.task = task;
        this.appSecret = appSecret;
        this.params = params;
    }

    static Tokens of(ScenarioFile scenario, String name, ScenarioFile.Task task) {
        return new Tokens(scenario, task, name.endsWith("full"), params(task.params()));
    }

    /** Text that is no JSON counts as arguments. */
    private static JsonNode params(String text) {
        try {
            JsonNode node = JsonMapper.shared().readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException noJson) {
            return JsonMapper.shared().createObjectNode().put("iexec_args", text);
        }
        return JsonMapper.shared().createObjectNode().put("iexec_args", text);
    }

    /** The deal's arguments. */
    String arguments() {
        return params.path("iexec_args").asString("");
    }

    /** Stages the store of this framework receives, in order. */
    List<String> stages(Framework framework) {
        boolean preCompute = framework != Framework.GRAMINE
                && (task.dataset().isPresent()
                        || !inputs().isEmpty()
                        || !task.bulk().isEmpty());
        return preCompute ? List.of(PRE_COMPUTE, APP, POST_COMPUTE) : List.of(APP, POST_COMPUTE);
    }

    /** What a stage receives in this framework's session. */
    Map<String, String> of(Framework framework, String stage) {
        Map<String, String> tokens = new LinkedHashMap<>();
        switch (stage) {
            case PRE_COMPUTE -> preCompute(tokens);
            case POST_COMPUTE -> postCompute(tokens);
            default -> app(tokens);
        }
        if (framework == Framework.SCONE && !stage.equals(APP)) {
            tokens.put(
                    "LD_LIBRARY_PATH", "/opt/java/openjdk/lib/server:/opt/java/openjdk/lib:/opt/java/openjdk/../lib");
            tokens.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
        }
        return tokens;
    }

    private void sign(Map<String, String> tokens) {
        tokens.put("IEXEC_TASK_ID", task.chainTaskId());
        tokens.put("SIGN_WORKER_ADDRESS", scenario.walletOf(task.worker()).checksummedAddress());
        tokens.put(SIGN_KEY, PRIVATE_KEY);
    }

    private void preCompute(Map<String, String> tokens) {
        sign(tokens);
        tokens.put("IEXEC_PRE_COMPUTE_OUT", "/iexec_in");
        tokens.put("IS_DATASET_REQUIRED", Boolean.toString(task.dataset().isPresent()));
        task.dataset().ifPresent(dataset -> {
            tokens.put("IEXEC_DATASET_KEY", Furnished.datasetValue(dataset));
            tokens.put("IEXEC_DATASET_URL", dataset.url());
            tokens.put("IEXEC_DATASET_CHECKSUM", dataset.checksum());
            tokens.put("IEXEC_DATASET_FILENAME", dataset.address());
        });
        place(tokens);
        files(tokens);
        for (int i = 0; i < inputs().size(); i++) {
            tokens.put("IEXEC_INPUT_FILE_URL_" + (i + 1), inputs().get(i));
        }
        if (!task.bulk().isEmpty()) {
            tokens.put("IEXEC_BULK_SLICE_SIZE", Integer.toString(task.bulk().size()));
            for (int i = 0; i < task.bulk().size(); i++) {
                bulk(tokens, "IEXEC_DATASET_" + (i + 1) + "_", task.bulk().get(i));
            }
        }
    }

    private static void bulk(Map<String, String> tokens, String prefix, ScenarioFile.BulkOrder order) {
        ScenarioFile.Dataset dataset = order.dataset();
        tokens.put(prefix + "URL", order.usable() ? dataset.url() : "");
        tokens.put(prefix + "CHECKSUM", order.usable() ? dataset.checksum() : "");
        tokens.put(prefix + "KEY", order.usable() ? Furnished.datasetValue(dataset) : "");
        tokens.put(prefix + "FILENAME", dataset.address());
    }

    private void place(Map<String, String> tokens) {
        tokens.put("IEXEC_DEAL_ID", task.dealId());
        tokens.put("IEXEC_TASK_INDEX", Integer.toString(task.index()));
        tokens.put("IEXEC_TASK_ID", task.chainTaskId());
    }

    private void files(Map<String, String> tokens) {
        tokens.put("IEXEC_INPUT_FILES_NUMBER", Integer.toString(inputs().size()));
        if (!inputs().isEmpty()) {
            tokens.put("IEXEC_INPUT_FILES_FOLDER", "/iexec_in");
        }
    }

    private void app(Map<String, String> tokens) {
        place(tokens);
        tokens.put("IEXEC_IN", "/iexec_in");
        tokens.put("IEXEC_OUT", "/iexec_out");
        tokens.put("IEXEC_BOT_SIZE", Integer.toString(task.botSize()));
        tokens.put("IEXEC_BOT_FIRST_INDEX", Integer.toString(task.botFirst()));
        tokens.put("IEXEC_BOT_TASK_INDEX", Integer.toString(task.index()));
        String dataset = task.dataset().map(ScenarioFile.Dataset::address).orElse(ZERO);
        tokens.put("IEXEC_DATASET_ADDRESS", dataset);
        tokens.put("IEXEC_DATASET_FILENAME", dataset);
        files(tokens);
        for (int i = 0; i < inputs().size(); i++) {
            tokens.put("IEXEC_INPUT_FILE_NAME_" + (i + 1), "0x" + sha256(inputs().get(i)));
        }
        if (!task.bulk().isEmpty()) {
            tokens.put("IEXEC_BULK_SLICE_SIZE", Integer.toString(task.bulk().size()));
            for (int i = 0; i < task.bulk().size(); i++) {
                tokens.put(
                        "IEXEC_DATASET_" + (i + 1) + "_FILENAME",
                        task.bulk().get(i).dataset().address());
            }
        }
        if (appSecret) {
            tokens.put("IEXEC_APP_DEVELOPER_SECRET", Furnished.appValue(task.app()));
            tokens.put("IEXEC_APP_DEVELOPER_SECRET_1", Furnished.appValue(task.app()));
        }
        params.path("iexec_secrets").properties().forEach(entry -> {
            String name = entry.getValue().asString("");
            if (entry.getKey().matches("[1-9][0-9]*") && PUSHED.contains(name)) {
                tokens.put(
                        "IEXEC_REQUESTER_SECRET_" + entry.getKey(), Furnished.requesterValue(task.requester(), name));
            }
        });
    }

    private void postCompute(Map<String, String> tokens) {
        sign(tokens);
        boolean callback = !task.callback().equals(ZERO);
        tokens.put(
                "RESULT_ENCRYPTION",
                Boolean.toString(params.path("iexec_result_encryption").asBoolean(false)));
        tokens.put(
                "RESULT_ENCRYPTION_PUBLIC_KEY",
                is(task.beneficiary(), "beneficiary") ? account(task.beneficiary(), Furnished.ENCRYPTION_KEY) : "");
        tokens.put("RESULT_STORAGE_CALLBACK", Boolean.toString(callback));
        String provider = params.path("iexec_result_storage_provider").asString("");
        String proxy = params.path("iexec_result_storage_proxy").asString("");
        tokens.put("RESULT_STORAGE_PROVIDER", callback ? "" : provider);
        tokens.put(
                "RESULT_STORAGE_PROXY",
                callback ? "" : proxy.isEmpty() ? account(task.workerpoolOwner(), Furnished.PROXY) : proxy);
        tokens.put("RESULT_STORAGE_TOKEN", callback ? "" : storageToken(provider));
    }

    private String storageToken(String provider) {
        if (provider.equals("dropbox")) {
            return account(task.requester(), Furnished.DROPBOX_TOKEN);
        }
        return account(is(task.worker(), "worker") ? task.worker() : task.requester(), Furnished.IPFS_TOKEN);
    }

    private boolean is(String address, String role) {
        return scenario.wallet(role).address().equals(address);
    }

    /** An account's secret as it stands in a session: without the white space around it. */
    private static String account(String address, String name) {
        return Furnished.accountValue(address, name).strip();
    }

    private List<String> inputs() {
        return params.path("iexec_input_files")
                .valueStream()
                .map(node -> node.asString(""))
                .toList();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The environment with the challenge's private key replaced by its name, if it is the key of this address. */
    static Map<String, String> named(Map<String, String> environment, String challenge) {
        Map<String, String> named = new LinkedHashMap<>(environment);
        named.computeIfPresent(
                SIGN_KEY, (name, value) -> isKeyOf(value, challenge) ? PRIVATE_KEY : "the key of another address");
        return named;
    }

    private static boolean isKeyOf(String text, String address) {
        return text.matches("0x[0-9a-f]{64}")
                && Wallet.ofPrivateKey(text).address().equals(address);
    }
}
