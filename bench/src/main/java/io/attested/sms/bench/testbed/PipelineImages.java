package io.attested.sms.bench.testbed;

import java.util.List;
import java.util.Optional;

/** The worker's pipelines of the scenario; no image of these names exists, nothing starts them. */
final class PipelineImages {
    /** The version that apps of the scenario name. */
    static final String VERSION = "v5.9";

    /** Another one that SGX apps may name. */
    static final String OLDER = "v5.8";

    private PipelineImages() {}

    static List<ScenarioFile.PipelineFacts> all() {
        return List.of(
                sgx(Framework.SCONE, VERSION, Optional.of("registry.test/las:5.9")),
                sgx(Framework.SCONE, OLDER, Optional.of("registry.test/las:5.8")),
                sgx(Framework.GRAMINE, VERSION, Optional.empty()),
                new ScenarioFile.PipelineFacts(
                        Framework.TDX,
                        VERSION,
                        image("tdx-pre-compute:" + VERSION, "0x" + "a1".repeat(32)),
                        image("tdx-post-compute:" + VERSION, "0x" + "a2".repeat(32)),
                        Optional.empty()));
    }

    private static ScenarioFile.PipelineFacts sgx(Framework framework, String version, Optional<String> las) {
        String name = framework.name().toLowerCase(java.util.Locale.ROOT);
        String digit = Integer.toHexString(framework.ordinal() + 1) + (version.equals(VERSION) ? "9" : "8");
        return new ScenarioFile.PipelineFacts(
                framework,
                version,
                image(name + "-pre-compute:" + version, (digit + "b1").repeat(16)),
                image(name + "-post-compute:" + version, (digit + "b2").repeat(16)),
                las);
    }

    private static ScenarioFile.Image image(String name, String fingerprint) {
        return new ScenarioFile.Image("registry.test/" + name, fingerprint, "java -jar /app/app.jar", 6_442_450_944L);
    }
}
