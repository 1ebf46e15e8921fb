package io.attested.sms.worker.release;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.worker.json.MalformedJsonException;
import java.util.regex.Pattern;

/** Whatever the bytes are: a typed value or one checked refusal, and nothing unprintable for the terminal. */
class ReleaseFuzzTest {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    @FuzzTest(maxDuration = "60s")
    void problem(byte[] body) {
        Answer<Object> answer = HttpReleaseService.problem(403, body);
        if (!(answer instanceof Answer.Declined<Object> declined)
                || !CODE.matcher(declined.code()).matches()
                || declined.detail().length() > 500
                || declined.detail().chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("not a clean refusal: " + answer);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void authorization(byte[] json) {
        accepts(() -> Authorization.parse(json).members());
    }

    @FuzzTest(maxDuration = "60s")
    void signedAsk(byte[] json) {
        accepts(() -> {
            SignedAsk parsed = SignedAsk.parse(json);
            if (!SignedAsk.parse(parsed.json()).equals(parsed)) {
                throw new AssertionError("does not survive a round trip");
            }
        });
    }

    @FuzzTest(maxDuration = "60s")
    void serviceDescription(byte[] json) {
        accepts(() -> ServiceDescription.parse(json).askDomain());
    }

    @FuzzTest(maxDuration = "60s")
    void challenge(byte[] json) {
        accepts(() -> Challenge.parse(json));
    }

    @FuzzTest(maxDuration = "60s")
    void grant(byte[] json) {
        accepts(() -> Grant.parse(json));
    }

    private static void accepts(Parsing parsing) {
        try {
            parsing.run();
        } catch (MalformedJsonException refused) {
            if (refused.getMessage() == null) {
                throw new AssertionError("a refusal without a message", refused);
            }
        }
    }

    private interface Parsing {
        void run() throws MalformedJsonException;
    }
}
