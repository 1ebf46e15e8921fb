package io.attested.sms.worker.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command talks to. Results go to {@code out}, progress and errors to {@code err}.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment the variables that {@code --wallet-env} names
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    @Override
    public String toString() {
        return "Console";
    }
}
