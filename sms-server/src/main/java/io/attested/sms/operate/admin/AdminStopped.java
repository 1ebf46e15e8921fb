package io.attested.sms.operate.admin;

/** Ends an operation with its outcome; leaves this package as that outcome only. */
final class AdminStopped extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient AdminOutcome outcome;

    private AdminStopped(AdminOutcome outcome) {
        this.outcome = outcome;
    }

    static AdminStopped failed(String why) {
        return new AdminStopped(new AdminOutcome.Failed(why));
    }

    static AdminStopped missing() {
        return new AdminStopped(new AdminOutcome.Missing());
    }

    static AdminStopped invalid() {
        return new AdminStopped(new AdminOutcome.Invalid());
    }

    AdminOutcome outcome() {
        return outcome;
    }
}
