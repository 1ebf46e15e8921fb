package io.attested.sms.worker.boot;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Whatever the plaintext is: names stay plain names, words stay words. */
class EnvelopeContentFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void content(byte[] plaintext) {
        try (SecretBytes secret = SecretBytes.copyOf(plaintext);
                EnvelopeContent content = EnvelopeContent.parse(secret)) {
            content.inputFiles().forEach(EnvelopeContentFuzzTest::requireInside);
            content.dataset().ifPresent(dataset -> requireInside(dataset.filename()));
            content.datasets().forEach(dataset -> requireInside(dataset.filename()));
        } catch (MalformedJsonException refused) {
            if (refused.getMessage() == null) {
                throw new AssertionError("a refusal without a message", refused);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void words(byte[] utf8) {
        CommandWords.split(new String(utf8, StandardCharsets.UTF_8)).ifPresent(words -> {
            if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
                throw new AssertionError("a word no process can be given");
            }
        });
    }

    private static void requireInside(String name) {
        Path folder = Path.of("/private/in");
        if (!folder.equals(folder.resolve(name).normalize().getParent())) {
            throw new AssertionError("leaves the folder: " + name);
        }
    }
}
