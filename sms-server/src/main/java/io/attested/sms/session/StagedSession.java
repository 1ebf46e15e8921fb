package io.attested.sms.session;

import io.attested.sms.task.TeeFramework;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a session store receives for one task: each stage's code and exactly that stage's values, iExec contract sections
 * 4.3 to 4.6. It holds secrets in clear and never prints itself.
 *
 * @param stages pre-compute if there is something to fetch, then app, then post-compute
 */
public record StagedSession(SessionId id, TeeFramework framework, List<Stage> stages) {
    /** Takes an unmodifiable copy. */
    public StagedSession {
        stages = List.copyOf(stages);
    }

    /** The same under another name: a publication that may or may not have arrived is tried again as a new session. */
    public StagedSession as(SessionId another) {
        return new StagedSession(another, framework, stages);
    }

    @Override
    public String toString() {
        return "StagedSession[" + id.value() + "]";
    }

    /** The stages, by the names the stores know. */
    public enum StageName {
        PRE_COMPUTE("pre-compute"),
        APP("app"),
        POST_COMPUTE("post-compute");

        private final String word;

        StageName(String word) {
            this.word = word;
        }

        /** The name in a session document. */
        public String word() {
            return word;
        }
    }

    /**
     * The tree of a three-part fingerprint, which a SCONE CAS enforces.
     *
     * @param key FSPF_KEY, 64 hexadecimal digits
     * @param tag FSPF_TAG, 32 hexadecimal digits
     */
    public record FileSystem(String key, String tag) {}

    /**
     * One stage.
     *
     * @param image container image: of the pipeline, or the app's multiaddress as text
     * @param fingerprint MRENCLAVE in 64 hexadecimal digits; of a trust domain's stage the image's checksum, for the app
     *     with {@code 0x}
     * @param fileSystem only of an app with a three-part fingerprint
     * @param command the entrypoint, for the app followed by a space and the deal's arguments if there are any
     * @param environment names to values, in the contract's order
     */
    public record Stage(
            StageName name,
            String image,
            String fingerprint,
            Optional<FileSystem> fileSystem,
            String command,
            Map<String, String> environment) {
        /** Takes an unmodifiable copy that keeps the order. */
        public Stage {
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        }

        @Override
        public String toString() {
            return "Stage[" + name.word() + "]";
        }
    }
}
