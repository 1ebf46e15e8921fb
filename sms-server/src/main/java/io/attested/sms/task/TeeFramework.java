package io.attested.sms.task;

import io.attested.sms.attestation.Tee;
import io.attested.sms.chain.Bytes32;
import java.util.Optional;

/** The framework a deal's tag asks for: the tag's low four bits, exactly. */
public enum TeeFramework {
    /** Tag bits 0 and 1; SGX evidence. */
    SCONE(0b0011, Tee.SGX),
    /** Tag bits 0 and 2; SGX evidence. */
    GRAMINE(0b0101, Tee.SGX),
    /** Tag bits 0 and 3; TDX evidence. */
    TDX(0b1001, Tee.TDX);

    private final int bits;
    private final Tee tee;

    TeeFramework(int bits, Tee tee) {
        this.bits = bits;
        this.tee = tee;
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

    /** The kind of TEE that tasks of this framework run in. */
    public Tee tee() {
        return tee;
    }
}
