package io.attested.sms.worker.boot;

/** Carries a refusal from a step to {@link BootStage#run}; never leaves this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    RefusedException(RefusalCode code, String detail) {
        this(code.text(), detail);
    }

    RefusedException(String code, String detail) {
        super(detail);
        this.code = code;
        this.detail = detail;
    }

    BootOutcome.Refused outcome() {
        return new BootOutcome.Refused(code, detail);
    }
}
