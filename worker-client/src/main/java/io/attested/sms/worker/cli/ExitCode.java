package io.attested.sms.worker.cli;

/** Exit codes of the command {@code sms}. They are part of its interface. */
final class ExitCode {
    /** Done; the secret is present; the application ended with 0; evidence is verified and accepted; vectors agree. */
    static final int DONE = 0;

    /** The secret is absent. */
    static final int ABSENT = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** The service, the boot stage, the verifier or a rule said no, or a vector disagrees. */
    static final int REFUSED = 3;

    /** A file, the network or the service is not available, or a file is not what it should be. */
    static final int UNAVAILABLE = 4;

    /** The application was started and ended with another code than 0. */
    static final int APPLICATION_FAILED = 5;

    /** The same for {@code --help}. */
    static final String[] HELP = {
        "0:Done (check: the secret is present; task run: the application ended with 0; evidence verify: verified and "
                + "accepted, or every vector agrees)",
        "1:check: the secret is absent",
        "2:The command line is wrong; nothing was done",
        "3:Refused: by the service, by the boot stage, or by a rule; evidence verify: not verified, not accepted, or a "
                + "vector disagrees; evidence: a file is not what it should be",
        "4:A file, the network or the service is not available; try again",
        "5:task run: the application was started and ended with another code than 0"
    };

    private ExitCode() {}
}
