package io.attested.sms.audit;

/**
 * A member of an entry. Declaration order is the order in the canonical bytes; the JSON names are part of the log's
 * format. No field may ever hold a secret value, a key or a hash of either.
 */
public enum Field {
    CHAIN_TASK_ID("chainTaskId"),
    DEAL_ID("dealId"),
    APP("app"),
    DATASET("dataset"),
    WORKER("worker"),
    REQUESTER("requester"),
    /** What a secret belongs to: dataset, app or wallet. */
    ASSET("asset"),
    OWNER("owner"),
    SECRET_KIND("secretKind"),
    SECRET_NAME("secretName"),
    STAGE("stage"),
    PUBLISHER("publisher"),
    CODE("code"),
    DETAIL("detail"),
    SETTLED_BLOCK("settledBlock"),
    SETTLED_HASH("settledHash"),
    HEAD_BLOCK("headBlock"),
    HEAD_HASH("headHash"),
    DEPTH("depth"),
    SETTLEMENT_RULE("settlementRule"),
    TRUST_LEVEL("trustLevel"),
    AGREEING_NODES("agreeingNodes"),
    NODES("nodes"),
    REALM("realm"),
    MR_ENCLAVE("mrEnclave"),
    MR_TD("mrTd"),
    RTMR0("rtmr0"),
    RTMR1("rtmr1"),
    RTMR2("rtmr2"),
    RTMR3("rtmr3"),
    TD_ATTRIBUTES("tdAttributes"),
    XFAM("xfam"),
    TCB_STATUS("tcbStatus"),
    ADVISORIES("advisories"),
    FMSPC("fmspc"),
    /** SHA-256 of an identifier of the machine. */
    PLATFORM("platform"),
    EVALUATION_NUMBER("evaluationNumber"),
    COLLATERAL_EXPIRY("collateralExpiry"),
    DEBUG("debug"),
    TRUST_ROOT("trustRoot"),
    MEASUREMENTS_DIGEST("measurementsDigest"),
    POLICY_DIGEST("policyDigest"),
    /** Kinds and names of what was released. */
    GRANTED("granted"),
    /** SHA-256 of the released ciphertext. */
    ENVELOPE_DIGEST("envelopeDigest"),
    VERSION("version"),
    ENCLAVE_CHALLENGE_DIFFERS("enclaveChallengeDiffers"),
    /** Numbers of a bulk's datasets that the task does not get, from 1. */
    BULK_LEFT_OUT("bulkLeftOut");

    private final String json;

    Field(String json) {
        this.json = json;
    }

    /** The member's name in the canonical bytes. */
    public String json() {
        return json;
    }
}
