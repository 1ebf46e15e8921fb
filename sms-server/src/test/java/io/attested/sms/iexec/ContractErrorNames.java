package io.attested.sms.iexec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every name of {@code TeeSessionGenerationError}, contract section 1.4, and which of them no request can reach here. */
public final class ContractErrorNames {
    /** In the contract's order. */
    public static final List<String> ALL = List.of(
            "INVALID_AUTHORIZATION",
            "EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED",
            "EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED",
            "EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE",
            "EXECUTION_NOT_AUTHORIZED_GET_CHAIN_DEAL_FAILED",
            "EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE",
            "EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE",
            "GET_TASK_DESCRIPTION_FAILED",
            "APP_COMPUTE_NO_ENCLAVE_CONFIG",
            "APP_COMPUTE_INVALID_ENCLAVE_CONFIG",
            "SECURE_SESSION_NO_TEE_FRAMEWORK",
            "NO_SESSION_REQUEST",
            "NO_TASK_DESCRIPTION",
            "GET_SIGNATURE_TOKENS_FAILED_EMPTY_WORKER_ADDRESS",
            "GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE",
            "GET_SIGNATURE_TOKENS_FAILED_EMPTY_TEE_CHALLENGE",
            "GET_SIGNATURE_TOKENS_FAILED_EMPTY_TEE_CREDENTIALS",
            "PRE_COMPUTE_GET_DATASET_SECRET_FAILED",
            "POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY",
            "POST_COMPUTE_GET_STORAGE_TOKENS_FAILED",
            "SECURE_SESSION_STORAGE_CALL_FAILED",
            "SECURE_SESSION_GENERATION_FAILED",
            "UNKNOWN_ISSUE");

    private ContractErrorNames() {}

    /** Name to reason, as {@code docs/reference/errors.md} lists them. */
    public static Map<String, String> unreachable() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put(
                "EXECUTION_NOT_AUTHORIZED_GET_CHAIN_DEAL_FAILED",
                "task, deal and assets are read together at one block: a task has its deal, or nobody can tell and the"
                        + " answer is 503");
        reasons.put(
                "GET_TASK_DESCRIPTION_FAILED",
                "there is no second reading after the authorization; what cannot be read is an outage, 503");
        reasons.put(
                "SECURE_SESSION_NO_TEE_FRAMEWORK",
                "unreachable in the original too: such a tag is refused before with 401");
        reasons.put("NO_SESSION_REQUEST", "a guard inside the original; the request is a value here");
        reasons.put("NO_TASK_DESCRIPTION", "a guard inside the original; the task's facts are a value here");
        reasons.put(
                "GET_SIGNATURE_TOKENS_FAILED_EMPTY_WORKER_ADDRESS",
                "an empty worker signed nothing: INVALID_AUTHORIZATION comes first");
        reasons.put(
                "GET_SIGNATURE_TOKENS_FAILED_EMPTY_TEE_CHALLENGE",
                "the challenge is derived, so that there is one for every task");
        reasons.put("UNKNOWN_ISSUE", "the worker says it to itself when it cannot read an answer");
        return reasons;
    }
}
