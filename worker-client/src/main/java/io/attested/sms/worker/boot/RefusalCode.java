package io.attested.sms.worker.boot;

/** The boot stage's own codes. Codes of the service are passed on as they come. */
public enum RefusalCode {
    /** The tree is not the one the enclave was launched for. Nothing was asked for, nothing was exposed. */
    FILE_SYSTEM_CHANGED("enclave.file-system-changed"),
    /** Somebody else than the service of the launch answered, or the envelope is for something else. */
    WRONG_SERVICE("enclave.wrong-service"),
    /** CONFIGID is zero and the measurement covers no application, or RTMR3 shows another launch or a started one. */
    WRONG_LAUNCH("evidence.wrong-launch"),
    /** Another boot stage runs in the trust domain, or one was ended in it by force. */
    DOMAIN_IN_USE("enclave.domain-in-use"),
    /** The enclave could not say or prove what it is. */
    NO_EVIDENCE("enclave.no-evidence"),
    /** The application's tree could not be read or copied. */
    APPLICATION_UNREADABLE("enclave.application-unreadable"),
    /** The signed ask names another task, stage, worker or challenge than the authorization. */
    WRONG_ASK("enclave.wrong-ask"),
    /** The envelope is genuine and cannot be opened or read. */
    UNREADABLE_ENVELOPE("enclave.unreadable-envelope"),
    /** The encrypted dataset is not the registered one. */
    DATASET_CHANGED("enclave.dataset-changed"),
    /** There is no encrypted dataset. */
    DATASET_MISSING("enclave.dataset-missing"),
    /** The dataset's key does not decrypt the registered dataset. */
    DATASET_KEY_DOES_NOT_FIT("enclave.dataset-key-does-not-fit"),
    /** An input file of the deal is not there. */
    INPUT_MISSING("enclave.input-missing"),
    /** The deal's arguments or the entrypoint cannot be split into words. */
    MALFORMED_ARGUMENTS("enclave.malformed-arguments"),
    /** The program could not be started. */
    CANNOT_START("enclave.cannot-start");

    private final String text;

    RefusalCode(String text) {
        this.text = text;
    }

    /** The stable code. */
    public String text() {
        return text;
    }
}
