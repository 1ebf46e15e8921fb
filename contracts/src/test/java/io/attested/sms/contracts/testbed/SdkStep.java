package io.attested.sms.contracts.testbed;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One call of the iExec SDK.
 *
 * @param id names the step in its outcome and in references of later steps
 * @param call which function of {@code contracts/testbed/sdk/steps.mjs}
 * @param arguments its arguments, as JSON values; {@link #of} makes references to earlier results
 */
public record SdkStep(String id, String call, Map<String, Object> arguments) {
    private static final String BY = "by";
    private static final String DROPBOX = "dropbox";

    /** Stands for a member of an earlier step's result, such as {@code of("data", "key")}. */
    public static String of(String id, String member) {
        return "$" + id + "." + member;
    }

    /** Generates a key, encrypts a file; result {@code key} (base64), {@code checksum} ({@code 0x} SHA-256 of {@code out}). */
    public static SdkStep encryptDataset(String id, Path file, Path out) {
        return step(id, "encryptDataset", Wallet.DATASET_OWNER, Map.of("file", file.toString(), "out", out.toString()));
    }

    /** Deploys a dataset of {@code owner}; result {@code address}. */
    public static SdkStep deployDataset(String id, Wallet owner, String name, String multiaddr, String checksum) {
        return step(
                id,
                "deployDataset",
                owner,
                Map.of("owner", owner.address(), "name", name, "multiaddr", multiaddr, "checksum", checksum));
    }

    /** Deploys an app without enclave configuration, as SDK 9 wants it; result {@code address}. */
    public static SdkStep deployApp(String id, Wallet owner, String name, String multiaddr, String checksum) {
        return step(id, "deployApp", owner, Map.of("app", app(owner, name, multiaddr, checksum)));
    }

    /**
     * Deploys an app with a JSON enclave configuration, SDK 8 only; result {@code address}.
     *
     * @param configuration framework, version, entrypoint, heapSize, fingerprint
     */
    public static SdkStep deployApp(
            String id,
            Wallet owner,
            String name,
            String multiaddr,
            String checksum,
            Map<String, Object> configuration) {
        Map<String, Object> app = new HashMap<>(app(owner, name, multiaddr, checksum));
        app.put("mrenclave", configuration);
        return step(id, "deployApp", owner, Map.of("app", app));
    }

    /** Pushes a dataset's key; result {@code done}. */
    public static SdkStep pushDatasetSecret(String id, Wallet owner, String dataset, String key) {
        return step(id, "pushDatasetSecret", owner, Map.of("dataset", dataset, "key", key));
    }

    /** Result {@code exists}. */
    public static SdkStep checkDatasetSecret(String id, String dataset) {
        return step(id, "checkDatasetSecret", Wallet.STRANGER, Map.of("dataset", dataset));
    }

    /** Pushes the app developer's secret; result {@code done}. */
    public static SdkStep pushAppSecret(String id, Wallet owner, String app, String value) {
        return step(id, "pushAppSecret", owner, Map.of("app", app, "value", value));
    }

    /** Result {@code exists}. */
    public static SdkStep checkAppSecret(String id, String app) {
        return step(id, "checkAppSecret", Wallet.STRANGER, Map.of("app", app));
    }

    /** Pushes a requester secret; result {@code done}. */
    public static SdkStep pushRequesterSecret(String id, Wallet requester, String name, String value) {
        return step(id, "pushRequesterSecret", requester, Map.of("name", name, "value", value));
    }

    /** Result {@code exists}. */
    public static SdkStep checkRequesterSecret(String id, Wallet requester, String name) {
        return step(
                id, "checkRequesterSecret", Wallet.STRANGER, Map.of("requester", requester.address(), "name", name));
    }

    /** Pushes the Dropbox token; result {@code done}, {@code updated}. */
    public static SdkStep pushStorageToken(String id, Wallet beneficiary, String token, boolean forceUpdate) {
        return pushStorageToken(id, beneficiary, DROPBOX, token, forceUpdate);
    }

    /**
     * The same for any provider.
     *
     * @param provider {@code dropbox}, {@code ipfs}, or {@code default} of SDK 8
     */
    public static SdkStep pushStorageToken(
            String id, Wallet beneficiary, String provider, String token, boolean forceUpdate) {
        return step(
                id,
                "pushStorageToken",
                beneficiary,
                Map.of("token", token, "provider", provider, "forceUpdate", forceUpdate));
    }

    /** Result {@code exists}, of the Dropbox token. */
    public static SdkStep checkStorageToken(String id, Wallet beneficiary) {
        return checkStorageToken(id, beneficiary, DROPBOX);
    }

    /** The same for any provider, as in {@link #pushStorageToken(String, Wallet, String, String, boolean)}. */
    public static SdkStep checkStorageToken(String id, Wallet beneficiary, String provider) {
        return step(
                id,
                "checkStorageToken",
                Wallet.STRANGER,
                Map.of("beneficiary", beneficiary.address(), "provider", provider));
    }

    /** Pushes the beneficiary's public RSA key (PEM); result {@code done}, {@code updated}. */
    public static SdkStep pushResultEncryptionKey(String id, Wallet beneficiary, String key, boolean forceUpdate) {
        return step(id, "pushResultEncryptionKey", beneficiary, Map.of("key", key, "forceUpdate", forceUpdate));
    }

    /** Result {@code exists}. */
    public static SdkStep checkResultEncryptionKey(String id, Wallet beneficiary) {
        return step(id, "checkResultEncryptionKey", Wallet.STRANGER, Map.of("beneficiary", beneficiary.address()));
    }

    /** Signs a request order of {@code terms} after the SDK's own check that its secrets are pushed; result {@code sign}. */
    public static SdkStep signCheckedRequest(String id, DealTerms terms, Map<String, Object> params) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("app", terms.app());
        terms.dataset().ifPresent(dataset -> arguments.put("dataset", dataset));
        arguments.put("workerpool", terms.workerpool());
        arguments.put("tag", words(terms.tag()));
        arguments.put("params", params);
        arguments.put("category", terms.category());
        return step(id, "signCheckedRequest", terms.requester(), arguments);
    }

    /** Signs a dataset order after the SDK's own check that the dataset's key is pushed; result {@code sign}. */
    public static SdkStep signCheckedDataset(String id, Wallet owner, String dataset, TeeTag tag) {
        return step(id, "signCheckedDataset", owner, Map.of("dataset", dataset, "tag", words(tag.text())));
    }

    /**
     * The same step at the SMS of a framework, SDK 8 only.
     *
     * @param teeFramework {@code scone}, {@code gramine} or {@code tdx}
     */
    public SdkStep at(String teeFramework) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("teeFramework", teeFramework);
        return new SdkStep(id, call, all);
    }

    /**
     * Signs the orders and matches them; result {@code dealId}, {@code tasks}. SDK 9 makes TDX deals of every tag.
     *
     * @param terms the tag must be one of {@link TeeTag}
     * @param params members as in the deal's JSON, such as {@code iexec_args}
     */
    public static SdkStep matchDeal(String id, DealTerms terms, Map<String, Object> params) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("app", terms.app());
        terms.dataset().ifPresent(dataset -> arguments.put("dataset", dataset));
        arguments.put("workerpool", terms.workerpool());
        arguments.put("tag", words(terms.tag()));
        arguments.put("params", params);
        arguments.put("category", terms.category());
        arguments.put("tasks", terms.tasks());
        arguments.put("appOwner", terms.appOwner().privateKey());
        arguments.put("datasetOwner", terms.datasetOwner().privateKey());
        arguments.put("workerpoolOwner", terms.workerpoolOwner().privateKey());
        arguments.put("requester", terms.requester().privateKey());
        return new SdkStep(id, "matchDeal", arguments);
    }

    private static List<String> words(String tag) {
        for (TeeTag known : TeeTag.values()) {
            if (known.text().equals(tag)) {
                return known.words();
            }
        }
        throw new TestbedFailure("the SDK has no words for the tag " + tag);
    }

    private static Map<String, Object> app(Wallet owner, String name, String multiaddr, String checksum) {
        return Map.of(
                "owner", owner.address(), "name", name, "type", "DOCKER", "multiaddr", multiaddr, "checksum", checksum);
    }

    private static SdkStep step(String id, String call, Wallet by, Map<String, Object> arguments) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put(BY, by.privateKey());
        return new SdkStep(id, call, all);
    }
}
