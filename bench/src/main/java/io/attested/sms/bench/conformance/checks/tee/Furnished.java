package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Answer;
import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Unmet;
import io.attested.sms.bench.testbed.ScenarioFile;
import io.attested.sms.contracts.testbed.Wallet;

/**
 * Tasks whose secrets were pushed. Every value follows from what it belongs to, so that it is known in any later run on the
 * same service: most kinds cannot be replaced.
 */
final class Furnished {
    static final String IPFS_TOKEN = "iexec-result-iexec-ipfs-token";
    static final String DROPBOX_TOKEN = "iexec-result-dropbox-token";
    static final String PROXY = "iexec-result-iexec-result-proxy-url";
    static final String ENCRYPTION_KEY = "iexec-result-encryption-public-key";

    private static final int PRESENT = 204;

    private Furnished() {}

    /** The scenario's task of this name, untouched; skips the check when the scenario has none. */
    static ScenarioFile.Task bare(Scene scene, String name) {
        return scene.scenario().task(name).orElseThrow(() -> Unmet.lacking("the scenario has no task " + name));
    }

    /**
     * The scenario's task of this name with all its secrets. Of names that end in {@code unpushed} the task's own are left
     * out; a secret of the app is pushed for names that end in {@code full} only.
     */
    static ScenarioFile.Task task(Scene scene, String name) {
        ScenarioFile.Task task = bare(scene, name);
        account(scene, "requester", IPFS_TOKEN);
        account(scene, "requester", DROPBOX_TOKEN);
        account(scene, "otherRequester", IPFS_TOKEN);
        account(scene, "worker", IPFS_TOKEN);
        account(scene, "workerpoolOwner", PROXY);
        account(scene, "beneficiary", ENCRYPTION_KEY);
        requester(scene, "first");
        requester(scene, "second");
        if (!name.endsWith("unpushed")) {
            task.dataset().ifPresent(dataset -> dataset(scene, dataset));
            task.bulk().stream()
                    .filter(ScenarioFile.BulkOrder::usable)
                    .forEach(order -> dataset(scene, order.dataset()));
        }
        if (name.endsWith("full")) {
            app(scene, task.app());
        }
        return task;
    }

    /** An account secret as it is pushed: with white space around it, which sessions trim. */
    static String accountValue(String address, String name) {
        return "  " + name + " of " + address + " \n";
    }

    /** A requester's secret, which is passed on verbatim. */
    static String requesterValue(String address, String name) {
        return " " + name + " é of " + address + "\t";
    }

    /** A dataset's key, which is passed on verbatim. */
    static String datasetValue(ScenarioFile.Dataset dataset) {
        return "a2V5IG9m" + dataset.address() + "==\n";
    }

    /** An app developer's secret, which is passed on verbatim. */
    static String appValue(ScenarioFile.App app) {
        return " developer's \"secret\" of " + app.address() + " 🔑 ";
    }

    private static void account(Scene scene, String role, String name) {
        Wallet owner = scene.scenario().wallet(role);
        String value = accountValue(owner.address(), name);
        push(
                scene,
                "/secrets/web2?ownerAddress=" + owner.address() + "&secretName=" + name,
                owner,
                Challenges.named(owner.address(), name, value),
                value);
    }

    private static void requester(Scene scene, String name) {
        Wallet owner = scene.scenario().wallet("requester");
        String value = requesterValue(owner.address(), name);
        push(
                scene,
                "/requesters/" + owner.address() + "/secrets/" + name,
                owner,
                Challenges.named(owner.address(), name, value),
                value);
    }

    private static void dataset(Scene scene, ScenarioFile.Dataset dataset) {
        String value = datasetValue(dataset);
        push(
                scene,
                "/secrets/web3?secretAddress=" + dataset.address(),
                scene.scenario().walletOf(dataset.owner()),
                Challenges.web3(dataset.address(), value),
                value);
    }

    private static void app(Scene scene, ScenarioFile.App app) {
        String value = appValue(app);
        push(
                scene,
                "/apps/" + app.address() + "/secrets",
                scene.scenario().walletOf(app.owner()),
                Challenges.app(app.address(), value),
                value);
    }

    private static void push(Scene scene, String path, Wallet owner, byte[] challenge, String value) {
        if (scene.send(Request.head(path)) instanceof Answer answer && answer.status() == PRESENT) {
            return;
        }
        scene.given(
                scene.send(Request.post(path).text(value).signed(owner.signMessage(challenge))),
                Expected.status(PRESENT));
    }
}
