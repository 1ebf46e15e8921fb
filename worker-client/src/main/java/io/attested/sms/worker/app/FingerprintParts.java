package io.attested.sms.worker.app;

import io.attested.sms.attestation.binding.LaunchBinding;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Bytes32;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The two parts of a fingerprint that an application's tree decides, native protocol section 1.
 *
 * @param fspfKey {@code FSPF_KEY}, 32 bytes
 * @param fspfTag {@code FSPF_TAG}, 32 lower-case hex digits without {@code 0x} (16 bytes)
 */
public record FingerprintParts(Bytes32 fspfKey, String fspfTag) {
    private static final Pattern TAG = Pattern.compile("[0-9a-f]{32}");

    /** Checks the tag's form. */
    public FingerprintParts {
        if (!TAG.matcher(fspfTag).matches()) {
            throw new IllegalArgumentException("FSPF_TAG has 32 lower-case hex digits");
        }
    }

    /** Parts from their bytes: 32 and 16. */
    static FingerprintParts of(byte[] key, byte[] tag) {
        return new FingerprintParts(Bytes32.of(key), HexFormat.of().formatHex(tag));
    }

    /**
     * Reads the parts out of a registered fingerprint: {@code MrEnclave|FSPF_KEY|FSPF_TAG} or the historical
     * {@code FSPF_KEY|FSPF_TAG|MrEnclave[|entrypoint]}. The position of the 32-character part decides.
     */
    public static Optional<FingerprintParts> ofFingerprint(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("\\|", 4);
        if (parts.length < 3) {
            return Optional.empty();
        }
        if (parts.length == 3 && Bytes32.parse(parts[0]).isPresent()) {
            Optional<FingerprintParts> today = of(parts[1], parts[2]);
            if (today.isPresent()) {
                return today;
            }
        }
        return Bytes32.parse(parts[2]).flatMap(mrEnclave -> of(parts[0], parts[1]));
    }

    private static Optional<FingerprintParts> of(String key, String tag) {
        return TAG.matcher(tag).matches()
                ? Bytes32.parse(key).map(value -> new FingerprintParts(value, tag))
                : Optional.empty();
    }

    /** The whole fingerprint in the order {@code MrEnclave|FSPF_KEY|FSPF_TAG}, lower-case hex. */
    public String fingerprint(Bytes32 mrEnclave) {
        return String.join("|", mrEnclave.digits(), fspfKey.digits(), fspfTag);
    }

    /** What a TDX app registers as its image's checksum, 32 bytes: {@code FSPF_KEY}, a hash of the tree and its launch line. */
    public Bytes32 imageChecksum() {
        return fspfKey;
    }

    /** The CONFIGID, 64 bytes, an enclave must be launched with to run this application for that service. */
    public byte[] configId(ServiceKey serviceKey) {
        return LaunchBinding.configId(
                serviceKey.bytes(), fspfKey.bytes(), HexFormat.of().parseHex(fspfTag));
    }
}
