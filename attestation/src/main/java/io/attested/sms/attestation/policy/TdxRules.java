package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of trust domains.
 *
 * @param septVeDisable whether attribute SEPT_VE_DISABLE has to be set, so that the host cannot inject exceptions
 * @param notMigratable whether attribute MIGRATABLE has to be off
 * @param zeroMrServiceTd whether no service domain may be bound; a report of TDX 1.0 has no
 *     such field and passes
 * @param xfam the only accepted XFAM, 8 bytes
 * @param registers registers with their accepted values, 48 bytes each, at least one; others may have any value
 */
public record TdxRules(
        boolean septVeDisable,
        boolean notMigratable,
        boolean zeroMrServiceTd,
        Optional<ByteString> xfam,
        Map<TdxRegister, Set<ByteString>> registers) {
    static final int XFAM_LENGTH = 8;

    /**
     * Takes unmodifiable copies.
     *
     * @throws IllegalArgumentException when a value has another length or a register has none
     */
    public TdxRules {
        if (xfam.filter(bytes -> bytes.length() != XFAM_LENGTH).isPresent()) {
            throw new IllegalArgumentException("XFAM is " + xfam.get() + ", expected 8 bytes");
        }
        Map<TdxRegister, Set<ByteString>> copy = new EnumMap<>(TdxRegister.class);
        registers.forEach((register, values) -> copy.put(register, accepted(register, values)));
        registers = Collections.unmodifiableMap(copy);
    }

    private static Set<ByteString> accepted(TdxRegister register, Set<ByteString> values) {
        if (values.isEmpty() || values.stream().anyMatch(value -> value.length() != TdxRegister.LENGTH)) {
            throw new IllegalArgumentException(
                    register + " is accepted as " + values + ", expected at least one value of 48 bytes");
        }
        return Set.copyOf(values);
    }

    /** SEPT_VE_DISABLE set, not migratable, no service domain; any XFAM and registers. */
    public static TdxRules strict() {
        return new TdxRules(true, true, true, Optional.empty(), Map.of());
    }

    /** Nothing is asked for, as paravisors need it that handle exceptions themselves. */
    public static TdxRules none() {
        return new TdxRules(false, false, false, Optional.empty(), Map.of());
    }

    /** The same with an only accepted XFAM. */
    public TdxRules withXfam(ByteString only) {
        return new TdxRules(septVeDisable, notMigratable, zeroMrServiceTd, Optional.of(only), registers);
    }

    /** The same with these registers. */
    public TdxRules withRegisters(Map<TdxRegister, Set<ByteString>> accepted) {
        return new TdxRules(septVeDisable, notMigratable, zeroMrServiceTd, xfam, accepted);
    }
}
