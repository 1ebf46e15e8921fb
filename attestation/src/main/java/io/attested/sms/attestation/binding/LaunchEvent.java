package io.attested.sms.attestation.binding;

import io.attested.sms.attestation.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One event of a trust domain's launch, native protocol section 1. It is measured as
 * {@code SHA-384(u8 length ‖ type ‖ u32 length ‖ payload)}, numbers big-endian; both lengths stand before what they
 * count, so no two events share their bytes.
 *
 * @param type 1 to 255 ASCII characters
 * @param payload what the event says
 */
public record LaunchEvent(String type, ByteString payload) {
    private static final int MAX_TYPE_LENGTH = 255;

    /** Checks the type. */
    public LaunchEvent {
        if (type.isEmpty()
                || type.length() > MAX_TYPE_LENGTH
                || !type.chars().allMatch(character -> character > 0x20 && character < 0x7f)) {
            throw new IllegalArgumentException("an event's type has 1 to 255 printable ASCII characters: " + type);
        }
    }

    /**
     * The first event, {@code sms-app}: the image that runs.
     *
     * @param checksum the image's SHA-256 as the app registered it, 32 bytes
     */
    public static LaunchEvent app(byte[] checksum) {
        return new LaunchEvent("sms-app", fixed("checksum", checksum, TdxLaunch.CHECKSUM_LENGTH));
    }

    /**
     * The second event, {@code sms-launch}: the service whose envelopes are opened.
     *
     * @param serviceKey the service's Ed25519 public key, 32 bytes
     */
    public static LaunchEvent launch(byte[] serviceKey) {
        return new LaunchEvent("sms-launch", fixed("serviceKey", serviceKey, LaunchBinding.SERVICE_KEY_LENGTH));
    }

    /** The third event, {@code sms-ready}: nothing is measured after it until the application starts. */
    public static LaunchEvent ready() {
        return new LaunchEvent("sms-ready", ByteString.copyOf(new byte[0]));
    }

    /** The event {@code sms-started}: from here on the application may run, and evidence is worth nothing. */
    public static LaunchEvent started() {
        return new LaunchEvent("sms-started", ByteString.copyOf(new byte[0]));
    }

    /** What the register is extended with, 48 bytes. */
    public ByteString digest() {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = sha384();
        digest.update((byte) name.length);
        digest.update(name);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            digest.update((byte) (payload.length() >>> shift));
        }
        return ByteString.copyOf(digest.digest(payload.toByteArray()));
    }

    static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-384", e);
        }
    }

    private static ByteString fixed(String name, byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException(name + " has " + value.length + " bytes, expected " + length);
        }
        return ByteString.copyOf(value);
    }
}
