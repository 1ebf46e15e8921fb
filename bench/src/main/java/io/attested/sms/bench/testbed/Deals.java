package io.attested.sms.bench.testbed;

import io.attested.sms.bench.testbed.Tasks.Terms;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The deals of the scenario: each shape of a session for each framework, and every reason to refuse one. */
final class Deals {
    /** How many tasks of the deal {@code fresh} nobody has asked a challenge of. */
    static final int FRESH = 64;

    /** MrEnclave, FSPF_KEY and FSPF_TAG. */
    static final String THREE_PARTS = "5d".repeat(32) + "|" + "6d".repeat(32) + "|" + "7d".repeat(16);

    /** Asks for everything a session can hold. */
    static final String FULL_PARAMS = "{\"iexec_args\":\"--level 3 \\\"two words\\\"\","
            + "\"iexec_input_files\":[\"https://files.test/a.txt\",\"https://files.test/b.bin?x=1&y=é\"],"
            + "\"iexec_result_encryption\":true,"
            + "\"iexec_result_storage_provider\":\"ipfs\","
            + "\"iexec_secrets\":{\"1\":\"first\",\"2\":\"second\"}}";

    private final Assets assets;
    private final Tasks tasks;
    private final Bulks bulks;

    Deals(Assets assets, Tasks tasks, Bulks bulks) {
        this.assets = assets;
        this.tasks = tasks;
        this.bulks = bulks;
    }

    void all() {
        tasks.task(
                "expired",
                Terms.of(Framework.SCONE, assets.app(Framework.SCONE)).hasty(),
                ScenarioFile.Status.EXPIRED);
        for (Framework framework : Framework.values()) {
            served(framework, framework.name().toLowerCase(Locale.ROOT));
            withoutSecrets(framework, framework.name().toLowerCase(Locale.ROOT));
        }
        parameters();
        inBulk();
        states();
        tags();
        configurations();
    }

    private void served(Framework framework, String word) {
        Terms plain = Terms.of(framework, assets.app(framework));
        tasks.active(word + "-plain", plain);
        tasks.active(
                word + "-full",
                Terms.of(framework, assets.app(framework))
                        .dataset(assets.dataset(word + "-full"))
                        .people("requester", "beneficiary", "worker")
                        .params(FULL_PARAMS));
        tasks.active(word + "-dataset", plain.dataset(assets.dataset(word + "-dataset")));
        tasks.active(word + "-inputs", plain.params("{\"iexec_input_files\":[\"https://files.test/only.txt\"]}"));
        tasks.active(word + "-args", plain.params("{\"iexec_args\":\"one two\"}"));
        tasks.active(word + "-callback", plain.callback("0x" + "ca".repeat(20)));
        tasks.active(word + "-dropbox", plain.params("{\"iexec_result_storage_provider\":\"dropbox\"}"));
        tasks.active(word + "-proxy", plain.params("{\"iexec_result_storage_proxy\":\"https://proxy.test/result\"}"));
        tasks.active(word + "-third", plain.tasks(3), 2);
        tasks.active(word + "-beneficiary", plain.people("requester", Cast.SILENT, "worker"));
        tasks.active(word + "-token-of-requester", plain.people("otherRequester", "requester", Cast.SILENT));
        tasks.bulk(word + "-bulk", plain, bulks.usable(framework, word + "-bulk", 3));
    }

    /** Tasks of secrets nobody pushes. */
    private void withoutSecrets(Framework framework, String word) {
        Terms plain = Terms.of(framework, assets.app(framework));
        tasks.active(word + "-dataset-unpushed", plain.dataset(assets.dataset(word + "-unpushed")));
        tasks.active(
                word + "-encryption-unpushed",
                plain.people("requester", Cast.SILENT, "worker").params("{\"iexec_result_encryption\":true}"));
        tasks.active(word + "-token-unpushed", plain.people(Cast.SILENT, Cast.SILENT, Cast.SILENT));
        tasks.active(
                word + "-dropbox-unpushed",
                plain.people(Cast.SILENT, Cast.SILENT, "worker")
                        .params("{\"iexec_result_storage_provider\":\"dropbox\"}"));
        tasks.active(word + "-secret-unpushed", plain.params("{\"iexec_secrets\":{\"1\":\"never-pushed\"}}"));
    }

    private void parameters() {
        Terms plain = Terms.of(Framework.SCONE, assets.app(Framework.SCONE));
        tasks.active(
                "params-unknown-member",
                plain.params("{\"iexec_developer_logger\":true,\"iexec_args\":\"kept\","
                        + "\"iexec_result_storage_provider\":\"dropbox\"}"));
        tasks.active("params-text", plain.params("no JSON at all"));
        tasks.active(
                "params-odd-secrets",
                plain.params(
                        "{\"iexec_secrets\":{\"0\":\"first\",\"-1\":\"first\",\"x\":\"first\",\"2\":\"second\"}}"));
        tasks.activeEach("fresh", plain.tasks(FRESH));
        Terms nothing =
                plain.people(Cast.SILENT, Cast.SILENT, Cast.SILENT).params("{\"iexec_result_encryption\":true}");
        tasks.active("all-unpushed", nothing.dataset(assets.dataset("all-unpushed")));
        tasks.active("result-unpushed", nothing);
    }

    /** Lists of which something is wrong. */
    private void inBulk() {
        Terms plain = Terms.of(Framework.SCONE, assets.app(Framework.SCONE));
        tasks.bulk("bulk-unpushed", plain, bulks.usable(Framework.SCONE, "bulk-unpushed", 2));
        tasks.bulk("bulk-forged", plain, bulks.withAForgedOne(Framework.SCONE, "bulk-forged"));
        tasks.bulk("bulk-no-list", plain, bulks.noList());
        tasks.bulk("bulk-lost", plain, bulks.lost());
        tasks.active("dataset-on-ipfs", plain.dataset(assets.datasetOnIpfs()));
    }

    private void states() {
        Terms plain = Terms.of(Framework.SCONE, assets.app(Framework.SCONE));
        tasks.sold("workerpool-sold", plain, "otherWorkerpoolOwner");
        tasks.task("unset", plain, ScenarioFile.Status.UNSET);
        tasks.task("completed", plain, ScenarioFile.Status.COMPLETED);
    }

    private void tags() {
        Terms plain = Terms.of(Framework.SCONE, assets.app(Framework.SCONE));
        tasks.active("tag-none", plain.tag(Optional.empty(), tag("0")));
        tasks.active("tag-tee-only", plain.tag(Optional.empty(), tag("1")));
        tasks.active("tag-two-frameworks", plain.tag(Optional.empty(), tag("7")));
        tasks.active("tag-gpu", plain.tag(Optional.of(Framework.SCONE), tag("103")));
    }

    private static String tag(String digits) {
        return "0x" + "0".repeat(64 - digits.length()) + digits;
    }

    private void configurations() {
        configured("config-absent", Framework.SCONE, "");
        configured("config-no-json", Framework.SCONE, "{\"framework\":");
        configured("config-unknown-member", Framework.SCONE, changed(Framework.SCONE, "colour", "red"));
        configured("config-unknown-version", Framework.SCONE, changed(Framework.SCONE, "version", "v0.0"));
        configured("config-older-version", Framework.SCONE, changed(Framework.SCONE, "version", PipelineImages.OLDER));
        configured("config-no-entrypoint", Framework.SCONE, changed(Framework.SCONE, "entrypoint", ""));
        configured("config-no-heap", Framework.SCONE, changed(Framework.SCONE, "heapSize", 0));
        configured("config-bad-fingerprint", Framework.SCONE, changed(Framework.SCONE, "fingerprint", "5c"));
        configured("config-no-fingerprint", Framework.SCONE, changed(Framework.SCONE, "fingerprint", ""));
        configured("config-other-framework", Framework.SCONE, Assets.configuration(Framework.GRAMINE));
        configured("config-provider", Framework.SCONE, provider());
        configured("config-three-parts", Framework.SCONE, changed(Framework.SCONE, "fingerprint", THREE_PARTS));
        configured(
                "config-gramine-three-parts",
                Framework.GRAMINE,
                changed(Framework.GRAMINE, "fingerprint", THREE_PARTS));
        configured(
                "config-gramine-older-version",
                Framework.GRAMINE,
                changed(Framework.GRAMINE, "version", PipelineImages.OLDER));
        configured("config-gramine-absent", Framework.GRAMINE, "");
        configured("config-gramine-short", Framework.GRAMINE, gramineShort());
        configured("config-gramine-unknown-version", Framework.GRAMINE, changed(Framework.GRAMINE, "version", "v0.0"));
    }

    private void configured(String name, Framework framework, String configuration) {
        tasks.active(name, Terms.of(framework, assets.app(configuration)));
    }

    private static String changed(Framework framework, String member, Object value) {
        Map<String, Object> members = Assets.members(framework);
        members.put(member, value);
        return Assets.text(members);
    }

    /** The framework under its other name. */
    private static String provider() {
        Map<String, Object> members = Assets.members(Framework.SCONE);
        members.put("provider", members.remove("framework"));
        return Assets.text(members);
    }

    /** Gramine needs neither entrypoint nor heap. */
    private static String gramineShort() {
        Map<String, Object> members = new HashMap<>(Assets.members(Framework.GRAMINE));
        members.remove("entrypoint");
        members.remove("heapSize");
        return Assets.text(members);
    }
}
