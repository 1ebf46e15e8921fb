package io.attested.sms.operate.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Exit codes of {@code sms operator}. They are part of its interface. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** Done as far as possible; another run may bring in more. */
    public static final int INCOMPLETE = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** Refused: not an original's data, another key, or a setting, store or chain that is not what it should be. */
    public static final int REFUSED = 3;

    /** A file or the store cannot be used now. */
    public static final int UNAVAILABLE = 4;

    private ExitCode() {}

    /** The same for {@code --help}. */
    static Map<String, String> help() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "Done");
        codes.put("1", "Done but for what the chain did not answer; run it again");
        codes.put("2", "The command line is wrong; nothing was done");
        codes.put(
                "3",
                "Refused: not the original's data, another key, or a setting, store or chain is not what it should be");
        codes.put("4", "A file cannot be read, or the store is in use; stop the service and try again");
        return codes;
    }
}
