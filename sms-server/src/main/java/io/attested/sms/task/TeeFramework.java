package io.attested.sms.task;

import io.attested.sms.chain.Bytes32;
import java.util.Optional;

/** The framework a deal's tag asks for: the tag's low four bits, exactly. */
public enum TeeFramework {
    /** Tag bits 0 and 1; SGX evidence. */
    SCONE(0b0011),
    /** Tag bits 0 and 2; SGX evidence. */
    GRAMINE(0b0101),
    /** Tag bits 0 and 3; TDX evidence. */
    TDX(0b1001);

    private final int bits;

    TeeFramework(int bits) {
        this.bits = bits;
    }

    /** The framework, or nothing for a deal that asks for none or for an unknown combination. */
    public static Optional<TeeFramework> ofTag(Bytes32 tag) {
        int low = tag.bytes()[31] & 0x0f;
        for (TeeFramework framework : values()) {
            if (framework.bits == low) {
                return Optional.of(framework);
            }
        }
        return Optional.empty();
    }

    /** Whether tasks of this framework run in SGX enclaves. */
    public boolean runsInSgx() {
        return this != TDX;
    }
}
