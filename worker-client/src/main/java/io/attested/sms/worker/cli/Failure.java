package io.attested.sms.worker.cli;

/** Ends a command with a message for a person and an exit code. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, message);
    }

    static Failure refused(String message) {
        return new Failure(ExitCode.REFUSED, message);
    }

    static Failure unavailable(String message) {
        return new Failure(ExitCode.UNAVAILABLE, message);
    }
}
