package io.attested.sms.grant;

/**
 * Why a request is not served: stable words of the API, listed in {@code docs/reference/errors.md}.
 *
 * <p>The first word names what was found wanting.
 */
public enum RefusalCode {
    /** A signature is missing, malformed or made by somebody else. */
    REQUEST_BAD_SIGNATURE("request.bad-signature", Kind.UNAUTHENTICATED),
    /** The ask's deadline has passed. */
    REQUEST_EXPIRED("request.expired", Kind.UNAUTHENTICATED),
    /** The ask's deadline is more than five minutes ahead. */
    REQUEST_DEADLINE_TOO_FAR("request.deadline-too-far", Kind.UNAUTHENTICATED),
    /** Ask and authorisation speak of different tasks, workers or enclave challenges. */
    REQUEST_INCONSISTENT("request.inconsistent", Kind.UNAUTHENTICATED),
    /** The enclave challenge is not the one this service derived for the task. */
    REQUEST_WRONG_ENCLAVE_CHALLENGE("request.wrong-enclave-challenge", Kind.UNAUTHENTICATED),
    /** The native release serves the stage {@code app} only. */
    REQUEST_STAGE_NOT_SERVED("request.stage-not-served", Kind.UNAUTHENTICATED),
    /** The worker redeemed as many challenges for the task within an hour as it may. */
    REQUEST_TOO_MANY("request.too-many", Kind.UNAVAILABLE),

    /** The challenge was not made by this service, or was altered. */
    EVIDENCE_CHALLENGE_UNKNOWN("evidence.challenge-unknown", Kind.REFUSED),
    /** The challenge's two minutes are over. */
    EVIDENCE_CHALLENGE_EXPIRED("evidence.challenge-expired", Kind.REFUSED),
    /** The challenge was redeemed before. */
    EVIDENCE_CHALLENGE_USED("evidence.challenge-used", Kind.REFUSED),
    /** The quote's bytes are no quote, or one of a kind that is not verified here. */
    EVIDENCE_MALFORMED("evidence.malformed", Kind.REFUSED),
    /** The quote does not prove a genuine enclave: its chain, lists or signatures fail. */
    EVIDENCE_NOT_AN_ENCLAVE("evidence.not-an-enclave", Kind.REFUSED),
    /** The collateral beside the quote is missing, malformed, expired or not signed as it must be. */
    EVIDENCE_COLLATERAL_INVALID("evidence.collateral-invalid", Kind.REFUSED),
    /** The evidence comes from another TEE than the deal's tag asks for. */
    EVIDENCE_WRONG_TEE("evidence.wrong-tee", Kind.REFUSED),
    /** The enclave was started in debug mode: its memory can be read from outside. */
    EVIDENCE_DEBUG_ENCLAVE("evidence.debug-enclave", Kind.REFUSED),
    /** The enclave holds a key that only provisioning enclaves may hold. */
    EVIDENCE_PROVISIONING_ENCLAVE("evidence.provisioning-enclave", Kind.REFUSED),
    /** REPORTDATA is not the hash of the runtime data sent beside the quote. */
    EVIDENCE_KEY_NOT_BOUND("evidence.key-not-bound", Kind.REFUSED),
    /** The runtime data names another purpose, chain, service, challenge, task, stage, worker or key type. */
    EVIDENCE_WRONG_RUNTIME_DATA("evidence.wrong-runtime-data", Kind.REFUSED),
    /** MRENCLAVE is not the registered one; MRTD and RTMR0 to RTMR2 are not those of a listed base image. */
    EVIDENCE_WRONG_CODE("evidence.wrong-code", Kind.REFUSED),
    /** CONFIGID or RTMR3 is not that of this application and this service; a trust domain was launched otherwise. */
    EVIDENCE_WRONG_LAUNCH("evidence.wrong-launch", Kind.REFUSED),
    /** A rule of the operator's evidence policy that is not about the TCB status is broken. */
    EVIDENCE_POLICY_NOT_MET("evidence.policy-not-met", Kind.REFUSED),
    /** How current the platform is does not satisfy the evidence policy. */
    EVIDENCE_TCB_NOT_ACCEPTED("evidence.tcb-not-accepted", Kind.REFUSED),

    /** The task is not initialised, finished, or past its contribution deadline. */
    CHAIN_TASK_NOT_ACTIVE("chain.task-not-active", Kind.REFUSED),
    /** The deal's tag asks for no trusted execution. */
    CHAIN_NOT_A_TEE_TASK("chain.not-a-tee-task", Kind.REFUSED),
    /** The app registered no enclave, one that cannot be read, or for a trust domain the checksum zero. */
    CHAIN_NO_ENCLAVE_REGISTERED("chain.no-enclave-registered", Kind.REFUSED),
    /** The app's enclave configuration breaks its rules or names a pipeline version that is not served. */
    CHAIN_ENCLAVE_CONFIGURATION_INVALID("chain.enclave-configuration-invalid", Kind.REFUSED),
    /** The deal asks for bulk processing, which this service has no IPFS gateway for. */
    CHAIN_BULK_NOT_SUPPORTED("chain.bulk-not-supported", Kind.REFUSED),
    /** The deal's parameters name more requester's secrets than one task can get. */
    CHAIN_TOO_MANY_SECRETS("chain.too-many-secrets", Kind.REFUSED),
    /** The deal was matched by PoCo Boost, of which the hub keeps neither assets nor params. */
    CHAIN_BOOST_NOT_SUPPORTED("chain.boost-not-supported", Kind.REFUSED),
    /** The head knows the task, the settled block not yet. */
    CHAIN_NOT_SETTLED("chain.not-settled", Kind.UNAVAILABLE),
    /** What is known of the chain is older than allowed. */
    CHAIN_STALE("chain.stale", Kind.UNAVAILABLE),
    /** The nodes are down, late, or answer nonsense. */
    CHAIN_UNAVAILABLE("chain.unavailable", Kind.UNAVAILABLE),

    /** A secret the task needs was never pushed. */
    SECRET_MISSING("secret.missing", Kind.REFUSED),
    /** The asset changed hands after the deal or after the push. */
    SECRET_OWNER_CHANGED("secret.owner-changed", Kind.REFUSED),

    /** The list of a bulk's datasets cannot be read from the IPFS gateway, or what came is not what its CID names. */
    BULK_LIST_UNAVAILABLE("bulk.list-unavailable", Kind.UNAVAILABLE),
    /** What the CID names is no list of CIDs, or no list of signed dataset orders, or has none for this task. */
    BULK_LIST_INVALID("bulk.list-invalid", Kind.REFUSED),
    /** A dataset of the bulk is not registered, or the chain does not accept its order for this deal. */
    BULK_DATASET_NOT_USABLE("bulk.dataset-not-usable", Kind.REFUSED),

    /** Collateral for a genuine platform can neither be fetched nor found in the cache. */
    COLLATERAL_UNAVAILABLE("collateral.unavailable", Kind.UNAVAILABLE),

    /** The database or its disk does not answer; nothing was recorded and nothing released. */
    STORE_UNAVAILABLE("store.unavailable", Kind.UNAVAILABLE);

    /** How a refusal is answered over HTTP under {@code /v1}. */
    public enum Kind {
        /** 401: the request does not prove who makes it. */
        UNAUTHENTICATED,
        /** 403: understood and refused. */
        REFUSED,
        /** 503: the service cannot decide now. */
        UNAVAILABLE
    }

    private final String word;
    private final Kind kind;

    RefusalCode(String word, Kind kind) {
        this.word = word;
        this.kind = kind;
    }

    /** The code as it stands in answers, log and metrics. */
    public String word() {
        return word;
    }

    public Kind kind() {
        return kind;
    }
}
