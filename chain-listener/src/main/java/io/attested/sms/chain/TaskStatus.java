package io.attested.sms.chain;

import java.util.Optional;

/** {@code TaskStatusEnum} of PoCo, in the contract's order. */
public enum TaskStatus {
    /** Never initialised. */
    UNSET,
    /** Initialised, waiting for contributions; stays so for ever when nobody claims it after its deadline. */
    ACTIVE,
    /** Consensus reached, results being revealed. */
    REVEALING,
    /** Finalised. */
    COMPLETED,
    /** Claimed after its deadline. */
    FAILED;

    /** The status with this number on chain, 0 to 4; empty for any other number. */
    public static Optional<TaskStatus> ofCode(int code) {
        TaskStatus[] all = values();
        return code >= 0 && code < all.length ? Optional.of(all[code]) : Optional.empty();
    }
}
