package io.attested.sms.bench.demo;

import io.attested.sms.attestation.simulated.SimulatedBaseImage;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The operator's list of base images, as {@code docs/reference/configuration.md} describes it. */
final class MeasurementsFile {
    private MeasurementsFile() {}

    static Path write(Path file, SimulatedBaseImage image) throws IOException {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("name", "simulated guest of the demo");
        listed.put("pipelineVersions", List.of(Owners.PIPELINE));
        listed.put("mrTd", image.mrTd().hex());
        for (int i = 0; i < image.rtmrs().size(); i++) {
            listed.put("rtmr" + i, image.rtmrs().get(i).hex());
        }
        listed.put("tdAttributes", SimulatedTrustDomain.SEPT_VE_DISABLE.hex());
        listed.put("xfam", SimulatedTrustDomain.USUAL_XFAM.hex());
        return Files.write(
                file,
                JsonMapper.shared()
                        .writeValueAsBytes(Map.of("format", "sms-measurements/1", "tdxBaseImages", List.of(listed))));
    }
}
