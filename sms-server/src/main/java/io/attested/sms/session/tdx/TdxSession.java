package io.attested.sms.session.tdx;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.attested.sms.session.StagedSession;
import java.util.List;
import java.util.Map;

/**
 * A session as the storage takes it, iExec contract section 4.6.
 *
 * @param name the session's id
 * @param version of the document's form
 * @param services one a stage
 */
@JsonPropertyOrder({"name", "version", "services"})
record TdxSession(String name, String version, List<Service> services) {
    private static final String VERSION = "0.1.0";

    /** One stage. */
    @JsonPropertyOrder({"name", "image_name", "fingerprint", "environment"})
    record Service(
            String name,
            @JsonProperty("image_name") String imageName,
            String fingerprint,
            Map<String, String> environment) {
        @Override
        public String toString() {
            return "Service[" + name + "]";
        }
    }

    static TdxSession of(StagedSession session) {
        return new TdxSession(
                session.id().value(),
                VERSION,
                session.stages().stream()
                        .map(stage -> new Service(
                                stage.name().word(), stage.image(), stage.fingerprint(), stage.environment()))
                        .toList());
    }
}
