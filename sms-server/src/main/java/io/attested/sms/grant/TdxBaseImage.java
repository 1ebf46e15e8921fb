package io.attested.sms.grant;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.TdxClaims;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A base image of the measurements file: firmware, kernel, command line and system that a trust domain may be started with,
 * in one shape of machine. It has to contain the boot stage; whoever lists it vouches for that.
 *
 * @param name for people, 1 to 64 characters
 * @param pipelineVersions versions of the worker's pipeline it belongs to
 * @param mrTd MRTD, 48 bytes
 * @param rtmrs RTMR0, RTMR1, RTMR2, 48 bytes each
 * @param launch what the launch must say beside the measurements
 */
public record TdxBaseImage(
        String name, Set<String> pipelineVersions, ByteString mrTd, List<ByteString> rtmrs, Launch launch) {
    private static final int MEASUREMENT_LENGTH = 48;
    private static final int BASE_REGISTERS = 3;
    private static final int MAX_NAME = 64;

    /** Checks lengths; a measurement of nothing is refused. */
    public TdxBaseImage {
        pipelineVersions = Set.copyOf(pipelineVersions);
        rtmrs = List.copyOf(rtmrs);
        require(!name.isBlank() && name.length() <= MAX_NAME, "name has 1 to 64 characters");
        require(!pipelineVersions.isEmpty(), "pipelineVersions names at least one version");
        require(isMeasurement(mrTd), "mrTd is a measurement of 48 bytes, not all zero");
        require(
                rtmrs.size() == BASE_REGISTERS && rtmrs.stream().allMatch(TdxBaseImage::isMeasurement),
                "rtmr0, rtmr1 and rtmr2 are measurements of 48 bytes, not all zero");
    }

    /**
     * What a launch says beside its measurements. Compared exactly; MRSERVICETD, which TDX 1.5 reports, is always zero.
     *
     * @param tdAttributes TDATTRIBUTES, 8 bytes as in the report: bits 0 to 7 (debug) zero, bit 28 (SEPT_VE_DISABLE) set,
     *     bit 29 (MIGRATABLE) zero
     * @param xfam XFAM, 8 bytes as in the report
     * @param mrConfigId MRCONFIGID, 48 bytes
     * @param mrOwner MROWNER, 48 bytes
     * @param mrOwnerConfig MROWNERCONFIG, 48 bytes
     */
    public record Launch(
            ByteString tdAttributes,
            ByteString xfam,
            ByteString mrConfigId,
            ByteString mrOwner,
            ByteString mrOwnerConfig) {
        private static final int FLAGS_LENGTH = 8;
        private static final int SEPT_VE_DISABLE = 1 << 4;
        private static final int MIGRATABLE = 1 << 5;
        private static final ByteString ZERO = ByteString.copyOf(new byte[MEASUREMENT_LENGTH]);

        /** Checks lengths and the rule of the attributes. */
        public Launch {
            require(tdAttributes.length() == FLAGS_LENGTH, "tdAttributes has 8 bytes");
            require(
                    tdAttributes.unsigned(0) == 0
                            && (tdAttributes.unsigned(3) & (SEPT_VE_DISABLE | MIGRATABLE)) == SEPT_VE_DISABLE,
                    "tdAttributes has bits 0 to 7 (debug) and bit 29 (MIGRATABLE) zero and bit 28 (SEPT_VE_DISABLE) set");
            require(xfam.length() == FLAGS_LENGTH, "xfam has 8 bytes");
            require(mrConfigId.length() == MEASUREMENT_LENGTH, "mrConfigId has 48 bytes");
            require(mrOwner.length() == MEASUREMENT_LENGTH, "mrOwner has 48 bytes");
            require(mrOwnerConfig.length() == MEASUREMENT_LENGTH, "mrOwnerConfig has 48 bytes");
        }

        /** A launch in which everything else that the host may set is zero. */
        public static Launch of(ByteString tdAttributes, ByteString xfam) {
            return new Launch(tdAttributes, xfam, ZERO, ZERO, ZERO);
        }

        /** The first difference of a trust domain's launch from this one. */
        Optional<String> difference(TdxClaims domain) {
            return differs("TDATTRIBUTES", tdAttributes, domain.tdAttributes())
                    .or(() -> differs("XFAM", xfam, domain.xfam()))
                    .or(() -> differs("MRCONFIGID", mrConfigId, domain.mrConfigId()))
                    .or(() -> differs("MROWNER", mrOwner, domain.mrOwner()))
                    .or(() -> differs("MROWNERCONFIG", mrOwnerConfig, domain.mrOwnerConfig()))
                    .or(() -> domain.mrServiceTd().flatMap(seen -> differs("MRSERVICETD", ZERO, seen)));
        }

        private static Optional<String> differs(String field, ByteString expected, ByteString seen) {
            return seen.equals(expected)
                    ? Optional.empty()
                    : Optional.of(field + " is " + seen.hex() + ", expected " + expected.hex());
        }
    }

    /** Whether {@code domain} was started from this image. */
    boolean measures(TdxClaims domain) {
        return mrTd.equals(domain.mrTd()) && rtmrs.equals(domain.rtmrs().subList(0, BASE_REGISTERS));
    }

    private static boolean isMeasurement(ByteString value) {
        return value.length() == MEASUREMENT_LENGTH && !value.isZero();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
