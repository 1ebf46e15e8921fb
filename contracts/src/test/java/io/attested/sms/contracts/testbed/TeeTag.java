package io.attested.sms.contracts.testbed;

/** The tag of a deal. */
public enum TeeTag {
    /** No TEE asked for. */
    NONE(0),
    /** TEE and SCONE. */
    SCONE(3),
    /** TEE and Gramine. */
    GRAMINE(5),
    /** TEE and TDX. */
    TDX(9);

    private final int bits;

    TeeTag(int bits) {
        this.bits = bits;
    }

    /** {@code 0x} and 64 digits. */
    public String text() {
        return "0x" + "0".repeat(63) + Integer.toHexString(bits);
    }
}
