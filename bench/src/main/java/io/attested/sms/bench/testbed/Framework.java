package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.TeeTag;

/** The TEE frameworks of the iExec contract, by the words it uses (section 3.3). */
public enum Framework {
    /** Tag nibble 3. */
    SCONE(TeeTag.SCONE),
    /** Tag nibble 5. */
    GRAMINE(TeeTag.GRAMINE),
    /** Tag nibble 9. */
    TDX(TeeTag.TDX);

    private final TeeTag tag;

    Framework(TeeTag tag) {
        this.tag = tag;
    }

    /** The tag of its deals. */
    public TeeTag tag() {
        return tag;
    }

    /** Whether an app needs an enclave configuration on chain. */
    public boolean sgx() {
        return this != TDX;
    }
}
