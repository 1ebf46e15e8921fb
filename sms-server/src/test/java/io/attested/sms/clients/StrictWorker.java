package io.attested.sms.clients;

import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What iexec-worker 9.2 does with an SMS at the start of a task, contract section 5.2; generation 8 differs in how it asks
 * for the pipeline.
 */
final class StrictWorker {
    /** The secret that holds its token for the result proxy. */
    static final String TOKEN = "iexec-result-iexec-ipfs-token";

    private static final String CAUSE = "TEE_SESSION_GENERATION_";

    private final StrictSms.Generation generation;
    private final StrictSms.Framework framework;
    private final Wallet wallet;
    private final List<String> log = new ArrayList<>();

    /** @param framework what its host runs */
    StrictWorker(StrictSms.Generation generation, StrictSms.Framework framework, Wallet wallet) {
        this.generation = generation;
        this.framework = framework;
        this.wallet = wallet;
    }

    /** The codes its library knows; any other word is undecodable. */
    enum SessionCode {
        INVALID_AUTHORIZATION,
        EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED,
        EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED,
        EXECUTION_NOT_AUTHORIZED_TASK_NOT_ACTIVE,
        EXECUTION_NOT_AUTHORIZED_GET_CHAIN_DEAL_FAILED,
        EXECUTION_NOT_AUTHORIZED_NO_MATCH_ONCHAIN_TYPE,
        EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE,
        GET_TASK_DESCRIPTION_FAILED,
        APP_COMPUTE_NO_ENCLAVE_CONFIG,
        APP_COMPUTE_INVALID_ENCLAVE_CONFIG,
        SECURE_SESSION_NO_TEE_FRAMEWORK,
        NO_SESSION_REQUEST,
        NO_TASK_DESCRIPTION,
        GET_SIGNATURE_TOKENS_FAILED_EMPTY_WORKER_ADDRESS,
        GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE,
        GET_SIGNATURE_TOKENS_FAILED_EMPTY_TEE_CHALLENGE,
        GET_SIGNATURE_TOKENS_FAILED_EMPTY_TEE_CREDENTIALS,
        PRE_COMPUTE_GET_DATASET_SECRET_FAILED,
        POST_COMPUTE_GET_ENCRYPTION_TOKENS_FAILED_EMPTY_BENEFICIARY_KEY,
        POST_COMPUTE_GET_STORAGE_TOKENS_FAILED,
        SECURE_SESSION_STORAGE_CALL_FAILED,
        SECURE_SESSION_GENERATION_FAILED,
        UNKNOWN_ISSUE
    }

    /** Where its enclaves get their values. */
    record Session(String sessionId, String secretProvisioningUrl) {}

    private record SessionAnswer(
            @Nullable Session data, @Nullable SessionCode error) {}

    /**
     * A task it was notified of.
     *
     * @param sms where the scheduler's notification says the SMS is
     * @param version of the application's enclave configuration; means nothing for TDX
     */
    record Notified(Optional<URI> sms, WorkerpoolAuthorization authorization, String version) {}

    /** What became of the start. */
    sealed interface Start {
        /** @param images pre- and post-compute it pulled, none for TDX */
        record Started(Session session, List<String> images) implements Start {}

        /** @param cause of the replicate's failure */
        record Failed(String cause) implements Start {}
    }

    /**
     * Starts a task: pipeline, token, session.
     *
     * @param token its JWT for the result proxy, none when that gave none
     * @throws StrictHttp.ClientFailure of the questions for framework and pipeline, which it does not catch
     */
    Start start(Notified task, Optional<String> token) {
        if (task.sms().isEmpty()) {
            return new Start.Failed("UNKNOWN_SMS");
        }
        StrictSms sms = new StrictSms(task.sms().get());
        List<String> images = List.of();
        if (framework != StrictSms.Framework.TDX) {
            if (sms.framework() != framework) {
                return new Start.Failed("GET_TEE_SERVICES_CONFIGURATION_FAILED");
            }
            StrictSms.Properties pipeline = sms.properties(generation, framework, task.version());
            images = List.of(
                    pipeline.preComputeProperties().image(),
                    pipeline.postComputeProperties().image());
        }
        token.ifPresent(jwt -> publishToken(sms, jwt));
        return session(sms, task.authorization(), images);
    }

    /** What it logged. */
    List<String> log() {
        return List.copyOf(log);
    }

    private void publishToken(StrictSms sms, String token) {
        try {
            sms.store(wallet, TOKEN, token);
            if (!sms.holds(wallet.address(), TOKEN)) {
                log.add("the token was stored and is not there");
            }
        } catch (StrictHttp.ClientFailure failure) {
            log.add(failure.getMessage());
        }
    }

    private Start session(StrictSms sms, WorkerpoolAuthorization authorization, List<String> images) {
        StrictHttp.Answer answer = sms.post("/tee/sessions", authorization.workerSignature(), members(authorization));
        Optional<SessionAnswer> decoded = StrictSms.decoded(answer.body(), SessionAnswer.class);
        if (answer.isSuccess()) {
            return decoded.map(SessionAnswer::data)
                    .<Start>map(session -> new Start.Started(session, images))
                    .orElseGet(() -> failed(SessionCode.UNKNOWN_ISSUE));
        }
        return failed(decoded.map(SessionAnswer::error).orElse(SessionCode.UNKNOWN_ISSUE));
    }

    private static Start failed(SessionCode code) {
        return new Start.Failed(CAUSE + code);
    }

    /** Generation 9 sends deal and index too, which its signature does not cover. */
    private Map<String, Object> members(WorkerpoolAuthorization authorization) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("chainTaskId", authorization.chainTaskId());
        if (generation == StrictSms.Generation.V9) {
            members.put("dealId", "0x" + "00".repeat(32));
            members.put("taskIndex", 0);
        }
        members.put("workerWallet", authorization.workerWallet());
        members.put("enclaveChallenge", authorization.enclaveChallenge());
        members.put("signature", Map.of("value", authorization.signature()));
        return members;
    }
}
