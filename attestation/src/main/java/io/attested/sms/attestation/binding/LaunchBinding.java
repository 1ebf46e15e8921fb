package io.attested.sms.attestation.binding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Binds a launch to one application and one service through SGX CONFIGID, native protocol section 1.
 *
 * <p>Many applications share one MRENCLAVE (same boot stage, same interpreter). CONFIGID is set when the enclave is
 * created and stands in every quote it can ever make, so code of one application cannot ask in the name of another.
 */
public final class LaunchBinding {
    /** Length of CONFIGID in bytes. */
    public static final int CONFIG_ID_LENGTH = 64;

    /** Length of the service's Ed25519 public key in bytes. */
    public static final int SERVICE_KEY_LENGTH = 32;

    /** Length of FSPF_KEY in bytes. */
    public static final int FSPF_KEY_LENGTH = 32;

    /** Length of FSPF_TAG in bytes. */
    public static final int FSPF_TAG_LENGTH = 16;

    private static final String DOMAIN = "sms-launch/1";

    private LaunchBinding() {}

    /**
     * {@code SHA-512("sms-launch/1" ‖ 0 ‖ serviceKey ‖ FSPF_KEY ‖ FSPF_TAG)}.
     *
     * @param serviceKey the service's Ed25519 public key, 32 bytes
     * @param fspfKey 32 bytes
     * @param fspfTag 16 bytes
     * @return the CONFIGID the enclave must have been launched with, 64 bytes
     * @throws IllegalArgumentException when a length differs
     */
    public static byte[] configId(byte[] serviceKey, byte[] fspfKey, byte[] fspfTag) {
        requireLength("serviceKey", serviceKey, SERVICE_KEY_LENGTH);
        requireLength("fspfKey", fspfKey, FSPF_KEY_LENGTH);
        requireLength("fspfTag", fspfTag, FSPF_TAG_LENGTH);
        MessageDigest digest = ReportBinding.sha512();
        digest.update(DOMAIN.getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        digest.update(serviceKey);
        digest.update(fspfKey);
        return digest.digest(fspfTag);
    }

    private static void requireLength(String name, byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException(name + " has " + value.length + " bytes, expected " + length);
        }
    }
}
