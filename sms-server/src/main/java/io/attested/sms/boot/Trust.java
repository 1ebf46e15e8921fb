package io.attested.sms.boot;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyParsing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** What the service believes because somebody configured it: the root of evidence, the measurements file. */
final class Trust {
    private static final String SIMULATED = "simulated";
    private static final int MAX_FILE_BYTES = 1 << 20;

    private Trust() {}

    /** Intel's root, or the simulated one the dev realm names. {@link StartChecks} keeps it out of production. */
    static TrustRoot root(SmsSettings settings) {
        return Optional.ofNullable(settings.attestation().trustRoot())
                .map(file -> {
                    try {
                        return TrustRoot.of(
                                SIMULATED,
                                new String(read("sms.attestation.trust-root", file), StandardCharsets.US_ASCII));
                    } catch (IllegalArgumentException notACertificate) {
                        throw new StartRefused("sms.attestation.trust-root holds no certificate in PEM");
                    }
                })
                .orElseGet(TrustRoot::intel);
    }

    /** The operator's evidence policy, read once; without a file the recommended one. */
    static EvidencePolicy policy(SmsSettings settings) {
        return Optional.ofNullable(settings.attestation().policy())
                .map(file -> switch (EvidencePolicy.parse(read("sms.attestation.policy", file))) {
                    case PolicyParsing.Parsed(EvidencePolicy policy) -> policy;
                    case PolicyParsing.Malformed malformed ->
                        throw new StartRefused(
                                "sms.attestation.policy holds no evidence policy: " + malformed.detail());
                })
                .orElseGet(EvidencePolicy::standard);
    }

    /** The measurements file, read once. */
    static MeasurementsFile measurements(SmsSettings.Measurements measurements) {
        return Optional.ofNullable(measurements.file())
                .map(file -> MeasurementsFile.parse(read("sms.measurements.file", file)))
                .orElseGet(MeasurementsFile::none);
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] read(String key, Path file) {
        return OperatorFile.read(key, file, MAX_FILE_BYTES);
    }
}
