package io.attested.sms.attestation.binding;

import io.attested.sms.attestation.ByteString;
import java.security.MessageDigest;
import java.util.List;

/**
 * Binds a trust domain to one application and one service through RTMR3, native protocol section 1.
 *
 * <p>RTMR3 starts as zeros and can only be extended: {@code RTMR3 = SHA-384(RTMR3 ‖ digest)} (Intel TDX module
 * specification, TDG.MR.RTMR.EXTEND). A verifier requires the exact value, never a prefix: whoever is root in the domain
 * can add events later, but cannot take one back.
 */
public final class TdxLaunch {
    /** Length of a run-time measurement register in bytes. */
    public static final int RTMR_LENGTH = 48;

    /** Length of the checksum an app registers in bytes. */
    public static final int CHECKSUM_LENGTH = 32;

    private TdxLaunch() {}

    /**
     * The three events of a launch in their order: {@code sms-app}, {@code sms-launch}, {@code sms-ready}.
     *
     * @param checksum the image's SHA-256 as the app registered it, 32 bytes
     * @param serviceKey the service's Ed25519 public key, 32 bytes
     * @throws IllegalArgumentException when a length differs, or the checksum is zero, which names no image
     */
    public static List<LaunchEvent> events(byte[] checksum, byte[] serviceKey) {
        LaunchEvent app = LaunchEvent.app(checksum);
        if (app.payload().isZero()) {
            throw new IllegalArgumentException("the checksum is zero, which names no image");
        }
        return List.of(app, LaunchEvent.launch(serviceKey), LaunchEvent.ready());
    }

    /** RTMR3 after the three events of {@link #events}, 48 bytes: what evidence must show to be granted anything. */
    public static ByteString ready(byte[] checksum, byte[] serviceKey) {
        return replay(events(checksum, serviceKey));
    }

    /** RTMR3 once the application may have started, 48 bytes: {@link #ready} and {@code sms-started}. */
    public static ByteString started(byte[] checksum, byte[] serviceKey) {
        return extended(ready(checksum, serviceKey), LaunchEvent.started());
    }

    /** A register that was zero and saw these events, 48 bytes. */
    public static ByteString replay(List<LaunchEvent> events) {
        ByteString register = ByteString.copyOf(new byte[RTMR_LENGTH]);
        for (LaunchEvent event : events) {
            register = extended(register, event);
        }
        return register;
    }

    /**
     * A register after one more event, 48 bytes.
     *
     * @param register 48 bytes
     */
    public static ByteString extended(ByteString register, LaunchEvent event) {
        if (register.length() != RTMR_LENGTH) {
            throw new IllegalArgumentException(
                    "a register has " + register.length() + " bytes, expected " + RTMR_LENGTH);
        }
        MessageDigest digest = LaunchEvent.sha384();
        digest.update(register.toByteArray());
        return ByteString.copyOf(digest.digest(event.digest().toByteArray()));
    }
}
