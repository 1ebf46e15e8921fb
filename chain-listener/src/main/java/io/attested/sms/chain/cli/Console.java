package io.attested.sms.chain.cli;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command talks to. Results go to {@code out}, errors and remarks to {@code err}; nothing that a terminal would act
 * on is printed.
 *
 * @param out standard output
 * @param err standard error
 * @param environment the variables that stand in for options
 */
public record Console(PrintStream out, PrintStream err, Map<String, String> environment) {
    private static final JsonMapper JSON = new JsonMapper();

    void line(String text) {
        out.println(Printable.of(text).stripTrailing());
    }

    /** For a person, begins with the command's name. */
    void note(String text) {
        err.println("sms chain: " + Printable.of(text));
    }

    /** One JSON object on a line. */
    void json(Map<String, ?> members) {
        out.println(Printable.json(JSON.writeValueAsString(members)));
    }

    @Override
    public String toString() {
        return "Console";
    }
}
