package io.attested.sms.worker.evidence;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import java.io.IOException;

/**
 * RTMR3 of the trust domain the boot stage runs in: a register that can be extended and never set back.
 *
 * <p>Guarantee expected of an adapter: {@link #value()} is what the next quote shows. An extension whose outcome is not
 * clear is never repeated; the caller reads the value back.
 */
public interface LaunchRegister {
    /** The register now, 48 bytes; all zero in a trust domain that has measured nothing. */
    ByteString value() throws IOException;

    /** Extends the register by the event's digest. */
    void extend(LaunchEvent event) throws IOException;
}
