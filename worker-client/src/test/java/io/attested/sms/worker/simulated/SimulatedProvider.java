package io.attested.sms.worker.simulated;

import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.evidence.ConfigId;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.MeasuredImage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * Opens a simulated enclave described by a properties file.
 *
 * <p>Keys: {@code pki} (folder of a saved {@link SimulatedIntel}), {@code mrenclave} (64 hex digits), {@code configId} (128
 * hex digits; absent means zero), {@code debug} and {@code kss} ({@code true} or {@code false}), {@code tcb} (a constant of
 * {@link SimulatedTcb}), {@code privateMemory} (a folder; default {@code java.io.tmpdir}), and for an image that the
 * measurement covers {@code measured.serviceKey}, {@code measured.directory}, {@code measured.entrypoint}.
 */
public final class SimulatedProvider implements EvidenceSource.Provider {
    /** The name to choose it by. */
    public static final String NAME = "simulated";

    @Override
    public boolean takesOptions() {
        return true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EvidenceSource open(Optional<Path> options) throws IOException {
        Path file = options.orElseThrow(
                () -> new IOException("the evidence \"simulated\" needs --evidence-options FILE, a properties file"));
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Path privateMemory = Path.of(properties.getProperty("privateMemory", System.getProperty("java.io.tmpdir")));
        return new SimulatedEvidence(enclave(properties), measuredImage(properties), privateMemory);
    }

    private static SimulatedEnclave enclave(Properties properties) throws IOException {
        Bytes32 mrEnclave = parsed(properties, "mrenclave", Bytes32::parse);
        SimulatedIntel intel = SimulatedIntel.load(Path.of(required(properties, "pki")));
        SimulatedEnclave enclave = SimulatedEnclave.of(intel, mrEnclave.bytes());
        if (properties.containsKey("configId")) {
            ConfigId configId = parsed(properties, "configId", ConfigId::parse);
            enclave = configId.isZero()
                    ? enclave
                    : enclave.withConfigId(HexFormat.of().parseHex(configId.hex()));
        }
        if (flag(properties, "debug")) {
            enclave = enclave.withDebug();
        }
        if (flag(properties, "kss")) {
            enclave = enclave.withKss();
        }
        return enclave.withTcb(SimulatedTcb.valueOf(properties.getProperty("tcb", SimulatedTcb.UP_TO_DATE.name())));
    }

    private static Optional<MeasuredImage> measuredImage(Properties properties) throws IOException {
        if (!properties.containsKey("measured.directory")) {
            return Optional.empty();
        }
        return Optional.of(new MeasuredImage(
                parsed(properties, "measured.serviceKey", ServiceKey::parse),
                Path.of(required(properties, "measured.directory")),
                required(properties, "measured.entrypoint")));
    }

    private static boolean flag(Properties properties, String name) {
        return Boolean.parseBoolean(properties.getProperty(name, "false"));
    }

    private static <T> T parsed(Properties properties, String name, Function<String, Optional<T>> parser)
            throws IOException {
        return parser.apply(required(properties, name)).orElseThrow(() -> new IOException(name + " is malformed"));
    }

    private static String required(Properties properties, String name) throws IOException {
        return Optional.ofNullable(properties.getProperty(name))
                .orElseThrow(() -> new IOException("the options need the key " + name));
    }
}
