package io.attested.sms.bench.conformance.faulty;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Kinds of answers, and other answers made of them. */
final class Told {
    static final Predicate<Message> ANY = answer -> true;

    static final Predicate<Message> JSON = answer ->
            answer.header("Content-Type").filter("application/json"::equals).isPresent() && answer.body().length > 0;

    /** The framework's error object. */
    static final Predicate<Message> DEFAULT_ERROR =
            JSON.and(answer -> answer.text().startsWith("{\"timestamp\""));

    private static final Pattern WORKER = Pattern.compile("(SIGN_WORKER_ADDRESS[^0]{1,20}0x)([0-9a-fA-F]{40})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Told() {}

    static Predicate<Message> status(int status) {
        return answer -> answer.status() == status;
    }

    /** With one more member. */
    static Message with(Message answer, String member, String value) {
        return changed(answer, object -> object.put(member, value));
    }

    /** With one more member that is null. */
    static Message withNull(Message answer, String member) {
        return changed(answer, object -> object.putNull(member));
    }

    private interface Edit {
        void on(ObjectNode object);
    }

    private static Message changed(Message answer, Edit edit) {
        JsonNode body = JsonMapper.shared().readTree(answer.text());
        if (body instanceof ObjectNode object) {
            edit.on(object);
        }
        return answer.body(body.toString());
    }

    /** An address nobody has the key of. */
    static String address() {
        byte[] bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** Session documents with the worker's address in lower case. */
    static String lowerCaseWorker(String documents) {
        return WORKER.matcher(documents)
                .replaceAll(found -> found.group(1) + found.group(2).toLowerCase(java.util.Locale.ROOT));
    }
}
