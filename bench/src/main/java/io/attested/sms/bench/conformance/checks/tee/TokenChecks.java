package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Each environment variable of each stage and where it comes from, contract section 4.3. */
final class TokenChecks {
    private static final String SECTION = "4.3";

    /** Deals whose stages are compared as a whole. */
    private static final List<String> SHAPES = List.of(
            "plain",
            "full",
            "dataset",
            "inputs",
            "args",
            "callback",
            "dropbox",
            "proxy",
            "third",
            "beneficiary",
            "bulk",
            "token-of-requester");

    private TokenChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        all.addAll(each("pre", Tokens.PRE_COMPUTE, "scone-full", preCompute()));
        all.addAll(each("app", Tokens.APP, "scone-full", app()));
        all.addAll(each("post", Tokens.POST_COMPUTE, "scone-full", postCompute()));
        all.addAll(each("bulk-pre", Tokens.PRE_COMPUTE, "scone-bulk", bulkPreCompute()));
        all.addAll(each("bulk-app", Tokens.APP, "scone-bulk", bulkApp()));
        for (Framework framework : Framework.values()) {
            for (String shape : SHAPES) {
                all.add(whole(framework, shape));
            }
        }
        all.addAll(special());
        return all;
    }

    private record Source(String name, String words) {}

    private static Source token(String name, String words) {
        return new Source(name, words);
    }

    private static List<Source> preCompute() {
        return List.of(
                token("IEXEC_TASK_ID", "the task id"),
                token("SIGN_WORKER_ADDRESS", "the worker's address in the mixed case of EIP-55"),
                token(Tokens.SIGN_KEY, "0x and the private key of the task's challenge"),
                token("IEXEC_PRE_COMPUTE_OUT", "/iexec_in"),
                token("IS_DATASET_REQUIRED", "true for a deal with a dataset"),
                token("IEXEC_DATASET_KEY", "the dataset's web3 secret, untrimmed"),
                token("IEXEC_DATASET_URL", "the dataset's multiaddress as text"),
                token("IEXEC_DATASET_CHECKSUM", "the dataset's checksum with 0x"),
                token("IEXEC_DATASET_FILENAME", "the dataset's address in lower case"),
                token("IEXEC_DEAL_ID", "the deal id"),
                token("IEXEC_TASK_INDEX", "the task's index in the deal"),
                token("IEXEC_INPUT_FILES_NUMBER", "how many input files there are"),
                token("IEXEC_INPUT_FILES_FOLDER", "/iexec_in"),
                token("IEXEC_INPUT_FILE_URL_1", "the first input file's URL"),
                token("IEXEC_INPUT_FILE_URL_2", "the second input file's URL"),
                token("LD_LIBRARY_PATH", "the folders of the image's Java"),
                token("JAVA_TOOL_OPTIONS", "-Xmx256m"));
    }

    private static List<Source> app() {
        return List.of(
                token("IEXEC_DEAL_ID", "the deal id"),
                token("IEXEC_TASK_INDEX", "the task's index in the deal"),
                token("IEXEC_TASK_ID", "the task id"),
                token("IEXEC_IN", "/iexec_in"),
                token("IEXEC_OUT", "/iexec_out"),
                token("IEXEC_BOT_SIZE", "how many tasks the deal has"),
                token("IEXEC_BOT_FIRST_INDEX", "the index of the deal's first task"),
                token("IEXEC_BOT_TASK_INDEX", "the task's index"),
                token("IEXEC_DATASET_ADDRESS", "the dataset's address in lower case"),
                token("IEXEC_DATASET_FILENAME", "the dataset's address in lower case"),
                token("IEXEC_INPUT_FILES_NUMBER", "how many input files there are"),
                token("IEXEC_INPUT_FILES_FOLDER", "/iexec_in"),
                token("IEXEC_INPUT_FILE_NAME_1", "0x and the SHA-256 of the first URL's text"),
                token("IEXEC_INPUT_FILE_NAME_2", "0x and the SHA-256 of the second URL's text"),
                token("IEXEC_APP_DEVELOPER_SECRET", "the app developer's secret, verbatim"),
                token("IEXEC_APP_DEVELOPER_SECRET_1", "the app developer's secret again"),
                token("IEXEC_REQUESTER_SECRET_1", "the requester's secret that iexec_secrets names for 1, verbatim"),
                token("IEXEC_REQUESTER_SECRET_2", "the requester's secret that iexec_secrets names for 2, verbatim"));
    }

    private static List<Source> postCompute() {
        return List.of(
                token("IEXEC_TASK_ID", "the task id"),
                token("SIGN_WORKER_ADDRESS", "the worker's address in the mixed case of EIP-55"),
                token(Tokens.SIGN_KEY, "0x and the private key of the task's challenge"),
                token("RESULT_ENCRYPTION", "true when the deal asks for it"),
                token("RESULT_ENCRYPTION_PUBLIC_KEY", "the beneficiary's key, trimmed"),
                token("RESULT_STORAGE_CALLBACK", "false without a callback"),
                token("RESULT_STORAGE_PROVIDER", "the deal's parameter"),
                token("RESULT_STORAGE_PROXY", "the workerpool owner's proxy URL when the deal names none, trimmed"),
                token("RESULT_STORAGE_TOKEN", "the worker's storage token, trimmed"),
                token("LD_LIBRARY_PATH", "the folders of the image's Java"),
                token("JAVA_TOOL_OPTIONS", "-Xmx256m"));
    }

    private static List<Source> bulkPreCompute() {
        return List.of(
                token("IS_DATASET_REQUIRED", "false for a deal that has datasets in bulk only"),
                token("IEXEC_BULK_SLICE_SIZE", "how many orders the task's slice has"),
                token("IEXEC_DATASET_1_URL", "the first dataset's multiaddress as text"),
                token("IEXEC_DATASET_1_CHECKSUM", "the first dataset's checksum with 0x"),
                token("IEXEC_DATASET_1_KEY", "the first dataset's web3 secret, untrimmed"),
                token("IEXEC_DATASET_1_FILENAME", "the first dataset's address"),
                token("IEXEC_DATASET_3_KEY", "the third dataset's web3 secret, untrimmed"));
    }

    private static List<Source> bulkApp() {
        return List.of(
                token("IEXEC_BULK_SLICE_SIZE", "how many orders the task's slice has"),
                token("IEXEC_DATASET_ADDRESS", "the zero address without a dataset of the deal's own"),
                token("IEXEC_DATASET_1_FILENAME", "the first dataset's address"),
                token("IEXEC_DATASET_3_FILENAME", "the third dataset's address"));
    }

    private static List<Check> each(String id, String stage, String task, List<Source> sources) {
        List<Check> all = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            all.add(check(
                            String.format(Locale.ROOT, "token-%s-%03d", id, i + 1),
                            source.name().startsWith("LD_") || source.name().startsWith("JAVA_") ? "4.4" : SECTION,
                            source.name() + " of " + stage + " is " + source.words())
                    .expects(Compared.same(source.words()))
                    .plays(scene -> one(scene, task, stage, source.name())));
        }
        return all;
    }

    private static Seen one(Scene scene, String task, String stage, String name) {
        Environment environment = Environment.of(scene, Framework.SCONE, task);
        String expected = environment.expected(stage).get(name);
        String seen = environment.seen(stage).get(name);
        return seen == null || expected == null
                ? new Seen.Told(name + " is absent")
                : Compared.texts(name, expected, seen);
    }

    private static Check whole(Framework framework, String shape) {
        String word = framework.name().toLowerCase(Locale.ROOT);
        return check(
                        "token-" + word + "-" + shape,
                        SECTION,
                        "The stages of a " + framework + " session hold exactly the contract's variables: deal "
                                + shape)
                .expects(Compared.same("every stage's names and values, none besides"))
                .plays(scene -> {
                    Environment environment = Environment.of(scene, framework, word + "-" + shape);
                    return environment.compared();
                });
    }

    private static List<Check> special() {
        return List.of(
                check("token-params-001", SECTION, "Numbers in iexec_secrets that are not positive are skipped")
                        .expects(Compared.same("IEXEC_REQUESTER_SECRET_2 only"))
                        .plays(scene -> Environment.of(scene, Framework.SCONE, "params-odd-secrets")
                                .compared()),
                check(
                                "token-params-002",
                                "3.4",
                                "An unknown key in the deal's parameters makes the whole text the arguments"
                                        + " and drops all others")
                        .expects(Expected.told("all dropped"))
                        .orDeviation(Listed.UNKNOWN_PARAMETER, Expected.told("the unknown key ignored"))
                        .plays(TokenChecks::unknownParameter),
                check("token-multiaddress-001", "3.3", "A binary multiaddress of a dataset is told as text")
                        .expects(Compared.same("/ipfs/ and the CID"))
                        .plays(scene -> Environment.of(scene, Framework.SCONE, "dataset-on-ipfs")
                                .compared()),
                check("token-missing-001", SECTION, "A requester's secret that was not pushed is silently left out")
                        .expects(Compared.same("no variable for it"))
                        .plays(scene -> Environment.of(scene, Framework.SCONE, "scone-secret-unpushed")
                                .compared()));
    }

    private static Seen unknownParameter(Scene scene) {
        ScenarioFile.Task task = Furnished.task(scene, "params-unknown-member");
        StoreDocument document = StoreDocument.of(scene, Framework.SCONE, task);
        Map<String, String> result = document.environment(Tokens.POST_COMPUTE);
        String provider = result.getOrDefault("RESULT_STORAGE_PROVIDER", "");
        String command = document.stage(Tokens.APP).path("command").asString("");
        if (provider.isEmpty() && command.endsWith(task.params())) {
            return new Seen.Told("all dropped");
        }
        return provider.equals("dropbox") && command.endsWith(" kept")
                ? new Seen.Told("the unknown key ignored")
                : new Seen.Told("provider \"" + provider + "\", command \"" + command + "\"");
    }
}
