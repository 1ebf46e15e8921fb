package io.attested.sms.worker.app;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.worker.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever the file is: the program stays inside the tree, and the launch line survives its canonical bytes. */
class LaunchLineFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void launchLine(byte[] json) {
        try {
            LaunchLine line = LaunchLine.parse(json);
            if (("/" + line.program() + "/").contains("/../")) {
                throw new AssertionError("leaves the tree");
            }
            byte[] program = line.program().getBytes(StandardCharsets.UTF_8);
            if (!new String(program, StandardCharsets.UTF_8).equals(line.program())) {
                throw new AssertionError("two programs would have the same bytes");
            }
            Manifest.of(List.of(), line).fingerprintParts();
        } catch (MalformedJsonException refused) {
            if (refused.getMessage() == null) {
                throw new AssertionError("a refusal without a message", refused);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void fingerprint(byte[] text) {
        FingerprintParts.ofFingerprint(new String(text, StandardCharsets.UTF_8)).ifPresent(FingerprintParts::fspfKey);
    }
}
