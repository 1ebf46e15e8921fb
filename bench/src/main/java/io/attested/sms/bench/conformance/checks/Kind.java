package io.attested.sms.bench.conformance.checks;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import java.util.function.Function;

/**
 * One of the four kinds of secrets, and how its refusals look.
 *
 * @param group what its checks' ids begin with
 * @param section of the contract
 * @param need of a check that pushes one
 * @param fresh a secret nobody pushed, for a check that pushes it
 * @param untouched a secret nobody pushed, for a check that leaves it so
 * @param errors the errors' bodies
 */
record Kind(
        String group,
        String section,
        Need need,
        Function<Scene, Target> fresh,
        Function<Scene, Target> untouched,
        Errors errors) {

    /** What its refusals look like. */
    record Errors(Expected unauthorized, Expected tooLarge, Expected exists) {}

    static final Kind WEB2 = new Kind(
            "web2",
            "1.2",
            Need.NOTHING,
            Kind::web2,
            Kind::web2,
            new Errors(Expected.empty(401), Expected.empty(413), Expected.empty(409)));

    static final Kind WEB3 = new Kind(
            "web3",
            "1.2",
            Need.CHAIN,
            scene -> web3(scene.dataset()),
            scene -> web3(scene.untouchedDataset()),
            new Errors(Expected.empty(401), Expected.empty(413), Expected.empty(409)));

    static final Kind APPS = new Kind(
            "apps",
            "1.3",
            Need.CHAIN,
            scene -> app(scene.app()),
            scene -> app(scene.untouchedApp()),
            new Errors(
                    error(401, "Invalid authorization"),
                    error(413, "Secret size should not exceed 4 Kb"),
                    error(409, "Secret already exists")));

    static final Kind REQUESTERS = new Kind(
            "requesters",
            "1.3",
            Need.NOTHING,
            Kind::requester,
            Kind::requester,
            new Errors(
                    error(401, "Invalid authorization"),
                    error(400, "Secret size should not exceed 4 Kb"),
                    error(409, "Secret already exists")));

    /** A compute endpoint's refusal: a list of one text, contract section 1.3. */
    static Expected error(int status, String text) {
        return Expected.status(status).and(Expected.json("{\"error\":[\"" + text + "\"]}"));
    }

    /** A secret nobody pushed, for a check that pushes it. */
    Target fresh(Scene scene) {
        return fresh.apply(scene);
    }

    /** A secret nobody pushed, for a check that leaves it so. */
    Target untouched(Scene scene) {
        return untouched.apply(scene);
    }

    Expected unauthorized() {
        return errors.unauthorized();
    }

    Expected tooLarge() {
        return errors.tooLarge();
    }

    Expected exists() {
        return errors.exists();
    }

    private static Target web2(Scene scene) {
        return web2(scene.actor(), scene.name());
    }

    static Target web2(Actor owner, String name) {
        return new Target(
                web2Path(owner.address(), name), owner, value -> Challenges.named(owner.address(), name, value));
    }

    static String web2Path(String owner, String name) {
        return "/secrets/web2?ownerAddress=" + owner + "&secretName=" + Request.encoded(name);
    }

    static Target web3(Scene.Owned dataset) {
        return new Target(
                web3Path(dataset.address()), dataset.owner(), value -> Challenges.web3(dataset.address(), value));
    }

    static String web3Path(String dataset) {
        return "/secrets/web3?secretAddress=" + dataset;
    }

    static Target app(Scene.Owned app) {
        return new Target(appPath(app.address()), app.owner(), value -> Challenges.app(app.address(), value));
    }

    static String appPath(String app) {
        return "/apps/" + app + "/secrets";
    }

    private static Target requester(Scene scene) {
        return requester(scene.actor(), scene.name());
    }

    static Target requester(Actor requester, String key) {
        return new Target(
                requesterPath(requester.address(), key),
                requester,
                value -> Challenges.named(requester.address(), key, value));
    }

    static String requesterPath(String requester, String key) {
        return "/requesters/" + requester + "/secrets/" + Request.encoded(key);
    }
}
