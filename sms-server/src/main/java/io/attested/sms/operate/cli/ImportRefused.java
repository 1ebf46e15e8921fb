package io.attested.sms.operate.cli;

/** The import cannot be made; the message says why, the code is the command's. */
public final class ImportRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param message what was found, what was expected, what to do */
    public ImportRefused(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
