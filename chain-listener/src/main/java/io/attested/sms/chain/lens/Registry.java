package io.attested.sms.chain.lens;

/** The hub's registries. */
public enum Registry {
    /** Of applications. */
    APP,
    /** Of datasets. */
    DATASET,
    /** Of workerpools. */
    WORKERPOOL
}
