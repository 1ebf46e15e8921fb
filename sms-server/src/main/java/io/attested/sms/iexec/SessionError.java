package io.attested.sms.iexec;

/** The error words of {@code POST /tee/sessions}, exactly the original's; its clients know no others. */
public enum SessionError {
    INVALID_AUTHORIZATION(401),
    EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED(401),
    EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED(401),
    EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE(401),
    EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE(401),
    EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE(401),
    APP_COMPUTE_NO_ENCLAVE_CONFIG(500),
    APP_COMPUTE_INVALID_ENCLAVE_CONFIG(500),
    GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE(500),
    PRE_COMPUTE_GET_DATASET_SECRET_FAILED(500),
    POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY(500),
    POST_COMPUTE_GET_STORAGE_TOKENS_FAILED(500),
    SECURE_SESSION_GENERATION_FAILED(500);

    private final int status;

    SessionError(int status) {
        this.status = status;
    }

    /** HTTP status it is answered with, unless the cause is an outage (503). */
    public int status() {
        return status;
    }
}
