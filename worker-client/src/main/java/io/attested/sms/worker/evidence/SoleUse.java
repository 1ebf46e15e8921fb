package io.attested.sms.worker.evidence;

import java.io.IOException;

/** Whether an enclave or trust domain is this process's alone, for one task. */
public sealed interface SoleUse {
    /**
     * It is, until {@code end} runs. A process that is killed never runs it.
     *
     * @param end gives it back; called after private memory was wiped
     */
    record Held(End end) implements SoleUse {}

    /**
     * It is not.
     *
     * @param reason who has it, or what is left of who had it
     */
    record Refused(String reason) implements SoleUse {}

    /** Gives sole use back. */
    @FunctionalInterface
    interface End {
        /** Called once. */
        void run() throws IOException;
    }
}
