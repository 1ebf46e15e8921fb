package io.attested.sms.worker.boot;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.TdxLaunch;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.evidence.LaunchRegister;
import java.io.IOException;

/**
 * The launch of a trust domain as RTMR3 records it, native protocol section 1.
 *
 * <p>Nothing is asked for unless RTMR3 is exactly the replay of the three events, and nothing of the application runs unless
 * {@code sms-started} stands after them. A register that shows anything else cannot be mended: another trust domain is
 * needed.
 *
 * @param register RTMR3
 * @param checksum of the image that was copied, 32 bytes
 * @param serviceKey the service this launch is for
 */
record DomainLaunch(LaunchRegister register, Bytes32 checksum, ServiceKey serviceKey) {
    /**
     * Measures the launch. A domain that measured exactly this before and started nothing, such as after an outage of the
     * service, may go on.
     */
    void measure() throws RefusedException {
        ByteString ready = TdxLaunch.ready(checksum.bytes(), serviceKey.bytes());
        ByteString seen = value();
        if (seen.isZero()) {
            for (LaunchEvent event : TdxLaunch.events(checksum.bytes(), serviceKey.bytes())) {
                extend(event);
            }
            seen = value();
        }
        if (!seen.equals(ready)) {
            throw wrongLaunch(seen);
        }
    }

    /** Measures that the application starts: from here on this domain's evidence is worth nothing. */
    void start() throws RefusedException {
        extend(LaunchEvent.started());
        ByteString seen = value();
        if (!seen.equals(TdxLaunch.started(checksum.bytes(), serviceKey.bytes()))) {
            throw wrongLaunch(seen);
        }
    }

    private RefusedException wrongLaunch(ByteString seen) {
        boolean started = seen.equals(TdxLaunch.started(checksum.bytes(), serviceKey.bytes()));
        return new RefusedException(
                RefusalCode.WRONG_LAUNCH,
                (started
                                ? "this trust domain has started the application before, and one trust domain runs one task"
                                : "RTMR3 is " + seen.hex() + ", which is not the launch of the image " + checksum
                                        + " for the service " + serviceKey)
                        + "; start another trust domain");
    }

    private ByteString value() throws RefusedException {
        try {
            return register.value();
        } catch (IOException e) {
            throw noEvidence(e);
        }
    }

    private void extend(LaunchEvent event) throws RefusedException {
        try {
            register.extend(event);
        } catch (IOException e) {
            throw noEvidence(e);
        }
    }

    private static RefusedException noEvidence(IOException e) {
        return new RefusedException(
                RefusalCode.NO_EVIDENCE, "the trust domain could not measure its launch: " + e.getMessage());
    }
}
