package io.attested.sms.contracts.testbed;

/** Something in the local testbed did not work: a missing program, a reverted transaction, a script that failed. */
public final class TestbedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, what was expected and what to do */
    public TestbedFailure(String message) {
        super(message);
    }

    /** The same with its cause. */
    public TestbedFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
