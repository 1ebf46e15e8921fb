package io.attested.sms.contracts.testbed;

import java.util.List;

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

    /** The tag as the SDK writes it. */
    List<String> words() {
        return switch (this) {
            case NONE -> List.of();
            case SCONE -> List.of("tee", "scone");
            case GRAMINE -> List.of("tee", "gramine");
            case TDX -> List.of("tee", "tdx");
        };
    }

    /** {@code 0x} and 64 digits. */
    public String text() {
        return "0x" + "0".repeat(63) + Integer.toHexString(bits);
    }
}
