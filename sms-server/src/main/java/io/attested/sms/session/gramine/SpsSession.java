package io.attested.sms.session.gramine;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.attested.sms.session.StagedSession.Stage;
import java.util.List;
import java.util.Map;

/**
 * A session as the provisioning service takes it, iExec contract section 4.5.
 *
 * @param session the session's id
 * @param enclaves app and post-compute
 */
@JsonPropertyOrder({"session", "enclaves"})
record SpsSession(String session, List<Enclave> enclaves) {
    /** One stage; its command is in the enclave's own manifest, so it is empty here, and there are no volumes. */
    @JsonPropertyOrder({"name", "mrenclave", "command", "environment", "volumes"})
    record Enclave(
            String name, String mrenclave, String command, Map<String, String> environment, List<String> volumes) {
        @Override
        public String toString() {
            return "Enclave[" + name + "]";
        }
    }

    static SpsSession of(String id, List<Stage> stages) {
        return new SpsSession(
                id,
                stages.stream()
                        .map(stage -> new Enclave(
                                stage.name().word(), stage.fingerprint(), "", stage.environment(), List.of()))
                        .toList());
    }
}
