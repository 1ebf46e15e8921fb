package io.attested.sms.iexec;

import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.session.SessionPublisher;
import io.attested.sms.task.TeeFramework;

/** The original's word for what this service says in more words; contract sections 1.4 and 4.4. */
final class ContractWord {
    private ContractWord() {}

    static SessionError of(Refusal refusal) {
        if (refusal.code() == RefusalCode.CHAIN_TASK_NOT_ACTIVE) {
            return SessionError.EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE;
        }
        if (refusal.code() == RefusalCode.CHAIN_NOT_A_TEE_TASK) {
            return SessionError.EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE;
        }
        if (refusal.code() == RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED) {
            return SessionError.APP_COMPUTE_NO_ENCLAVE_CONFIG;
        }
        if (refusal.code() == RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID) {
            return SessionError.APP_COMPUTE_INVALID_ENCLAVE_CONFIG;
        }
        if (refusal.code() == RefusalCode.BULK_DATASET_NOT_USABLE) {
            // It is about the use of a key, but no key is missing.
            return SessionError.SECURE_SESSION_GENERATION_FAILED;
        }
        return refusal.use().map(ContractWord::of).orElse(SessionError.SECURE_SESSION_GENERATION_FAILED);
    }

    /** Contract section 4.4: of a CAS only a success that is not 201 is a failed call; everything else is an exception. */
    static SessionError of(SessionPublisher.Cause cause, TeeFramework framework) {
        boolean failedCall = switch (cause) {
            case OTHER_SUCCESS -> true;
            case REFUSED, NO_ANSWER -> framework != TeeFramework.SCONE;
            case UNSAFE_VALUE -> false;
        };
        return failedCall
                ? SessionError.SECURE_SESSION_STORAGE_CALL_FAILED
                : SessionError.SECURE_SESSION_GENERATION_FAILED;
    }

    static SessionError of(SecretUse use) {
        return switch (use) {
            case SecretUse.DatasetKey() -> SessionError.PRE_COMPUTE_GET_DATASET_SECRET_FAILED;
            case SecretUse.BulkDatasetKey ignored -> SessionError.PRE_COMPUTE_GET_DATASET_SECRET_FAILED;
            case SecretUse.ResultEncryptionKey() ->
                SessionError.POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY;
            case SecretUse.ResultStorageToken() -> SessionError.POST_COMPUTE_GET_STORAGE_TOKENS_FAILED;
            case SecretUse.ResultProxyUrl() -> SessionError.POST_COMPUTE_GET_STORAGE_TOKENS_FAILED;
            case SecretUse.AppDeveloperSecret() -> SessionError.SECURE_SESSION_GENERATION_FAILED;
            case SecretUse.RequesterSecret ignored -> SessionError.SECURE_SESSION_GENERATION_FAILED;
        };
    }
}
