package io.attested.sms.worker.cli;

import io.attested.sms.worker.json.JsonText;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command talks to. Results go to {@code out}, progress and errors to {@code err}. Its methods print nothing that a
 * terminal would act on.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment the variables that {@code --wallet-env} names
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    /** One line of a result. */
    void line(String text) {
        out.println(Printable.of(text));
    }

    /** One or more lines for a person, the first begins with the command's name. */
    void note(String text) {
        err.println("sms: " + Printable.ofLines(text));
    }

    /** One JSON object on a line. */
    void json(Map<String, ?> members) {
        out.println(Printable.json(new String(JsonText.bytes(members), StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "Console";
    }
}
