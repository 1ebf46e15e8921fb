package io.attested.sms.attestation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every policy is read back as it was written. */
class PolicyRoundTripTest {
    private static final List<TcbStatus> ACCEPTABLE =
            List.copyOf(EnumSet.range(TcbStatus.UP_TO_DATE, TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED));

    @Property(tries = 500)
    void readingUndoesWriting(@ForAll long seed) {
        EvidencePolicy policy = policy(new Random(seed));
        assertThat(EvidencePolicy.parse(policy.toJson())).isEqualTo(new PolicyParsing.Parsed(policy));
    }

    private static EvidencePolicy policy(Random random) {
        return new EvidencePolicy(
                some(random, List.of(Tee.values())),
                new TcbRules(
                        some(random, ACCEPTABLE),
                        new TreeSet<>(some(random, List.of("INTEL-SA-00615", "ü", "\"\\", "x".repeat(64)))),
                        random.nextInt(Integer.MAX_VALUE),
                        grace(random)),
                values(random, random.nextBoolean() ? 6 : 32),
                tdx(random),
                snp(random),
                new CollateralRules(random.nextBoolean(), grace(random)));
    }

    private static TdxRules tdx(Random random) {
        Map<TdxRegister, Set<ByteString>> registers = new EnumMap<>(TdxRegister.class);
        some(random, List.of(TdxRegister.values())).forEach(register -> registers.put(register, values(random, 48)));
        return new TdxRules(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of(bytes(random, 8)) : Optional.empty(),
                registers);
    }

    private static SnpRules snp(Random random) {
        Map<AmdProduct, ByteString> minimum = new EnumMap<>(AmdProduct.class);
        some(random, List.of(AmdProduct.values())).forEach(product -> minimum.put(product, bytes(random, 8)));
        return new SnpRules(
                random.nextInt(4),
                random.nextBoolean(),
                some(random, List.of(SigningKey.values())),
                random.nextLong(0x1_0000_0000L),
                minimum);
    }

    private static Duration grace(Random random) {
        return Duration.ofSeconds(random.nextInt(365 * 86_400), random.nextInt(1_000_000_000));
    }

    private static <T> Set<T> some(Random random, List<T> from) {
        Set<T> some = new HashSet<>();
        some.add(from.get(random.nextInt(from.size())));
        from.stream().filter(value -> random.nextBoolean()).forEach(some::add);
        return some;
    }

    private static Set<ByteString> values(Random random, int length) {
        Set<ByteString> values = new HashSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            values.add(bytes(random, length));
        }
        return values;
    }

    private static ByteString bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyOf(bytes);
    }
}
