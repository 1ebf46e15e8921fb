package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a trust domain was started with: firmware, kernel, command line and system, as the launch measures them.
 *
 * @param mrTd 48 bytes
 * @param rtmrs RTMR0, RTMR1, RTMR2, 48 bytes each
 */
public record SimulatedBaseImage(ByteString mrTd, List<ByteString> rtmrs) {
    /** Checks lengths. */
    public SimulatedBaseImage {
        rtmrs = List.copyOf(rtmrs);
        if (rtmrs.size() != 3 || mrTd.length() != 48 || rtmrs.stream().anyMatch(register -> register.length() != 48)) {
            throw new IllegalArgumentException("a base image has MRTD and RTMR0 to RTMR2 of 48 bytes each");
        }
    }

    /** An image by its name: two names give two images that have no measurement in common. */
    public static SimulatedBaseImage named(String name) {
        return new SimulatedBaseImage(
                measurement(name + " MRTD"),
                IntStream.range(0, 3)
                        .mapToObj(i -> measurement(name + " RTMR" + i))
                        .toList());
    }

    private static ByteString measurement(String what) {
        return ByteString.copyOf(SimulatedKey.digest("SHA-384", what.getBytes(StandardCharsets.UTF_8)));
    }
}
