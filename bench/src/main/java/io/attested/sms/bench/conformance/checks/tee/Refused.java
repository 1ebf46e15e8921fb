package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Expected;

/** Error answers of {@code POST /tee/sessions}. */
final class Refused {
    static final String INVALID_AUTHORIZATION = "INVALID_AUTHORIZATION";
    static final String INVALID_SIGNATURE = "EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE";
    static final String TASK_NOT_ACTIVE = "EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE";
    static final String NO_TASK = "EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED";
    static final String NO_TEE = "EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE";
    static final String EMPTY_TASK = "EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED";
    static final String INVALID_CONFIGURATION = "APP_COMPUTE_INVALID_ENCLAVE_CONFIG";
    static final String NO_CONFIGURATION = "APP_COMPUTE_NO_ENCLAVE_CONFIG";
    static final String NO_CHALLENGE = "GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE";
    static final String NO_DATASET_KEY = "PRE_COMPUTE_GET_DATASET_SECRET_FAILED";
    static final String NO_ENCRYPTION_KEY = "POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY";
    static final String NOT_GENERATED = "SECURE_SESSION_GENERATION_FAILED";
    static final String NO_STORAGE_TOKEN = "POST_COMPUTE_GET_STORAGE_TOKENS_FAILED";

    /** An exception's default answer. */
    static final Expected CRASH = Expected.defaultError(500, "Internal Server Error");

    private Refused() {}

    /** This word and nothing besides. */
    static Expected with(int status, String code) {
        return Expected.status(status).and(Expected.json("{\"error\":\"" + code + "\"}"));
    }
}
