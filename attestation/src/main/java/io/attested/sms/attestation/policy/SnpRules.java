package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of SEV-SNP guests.
 *
 * <p>AMD publishes no opinion on firmware, and the meaning of its version bytes differs by product. So a product is
 * accepted only with a minimum of its own; a minimum of zeros accepts every firmware and has to be written down.
 *
 * @param highestVmpl least privileged level whose reports are accepted, 0 to 3; a lower level answers to the guest's own
 *     code at level 0 only, which the measurement has to be of
 * @param noMigrationAgent whether the guest policy has to forbid a migration agent, which could move the guest's memory
 * @param acceptedKeys kinds of key; at least one. A VLEK is AMD's for all chips of one cloud provider, so its reports name
 *     no chip
 * @param lowestGuestSvn unsigned 32 bits
 * @param minimumTcb by product, 8 bytes as in the report, compared byte by byte
 */
public record SnpRules(
        int highestVmpl,
        boolean noMigrationAgent,
        Set<SigningKey> acceptedKeys,
        long lowestGuestSvn,
        Map<AmdProduct, ByteString> minimumTcb) {
    static final int MAX_VMPL = 3;
    static final long MAX_GUEST_SVN = 0xffff_ffffL;
    static final int TCB_LENGTH = 8;

    /**
     * Takes unmodifiable copies.
     *
     * @throws IllegalArgumentException when a value is outside of what is said above
     */
    public SnpRules {
        if (highestVmpl < 0 || highestVmpl > MAX_VMPL) {
            throw new IllegalArgumentException("highest VMPL is " + highestVmpl + ", expected 0 to " + MAX_VMPL);
        }
        if (acceptedKeys.isEmpty()) {
            throw new IllegalArgumentException("no kind of signing key is accepted, expected at least one");
        }
        if (lowestGuestSvn < 0 || lowestGuestSvn > MAX_GUEST_SVN) {
            throw new IllegalArgumentException(
                    "lowest SNP guest SVN is " + lowestGuestSvn + ", expected 0 to " + MAX_GUEST_SVN);
        }
        acceptedKeys = Collections.unmodifiableSet(EnumSet.copyOf(acceptedKeys));
        Map<AmdProduct, ByteString> copy = new EnumMap<>(AmdProduct.class);
        minimumTcb.forEach((product, tcb) -> copy.put(product, ofLength(product, tcb)));
        minimumTcb = Collections.unmodifiableMap(copy);
    }

    private static ByteString ofLength(AmdProduct product, ByteString tcb) {
        if (tcb.length() != TCB_LENGTH) {
            throw new IllegalArgumentException(
                    "minimum TCB of " + product.text() + " is " + tcb + ", expected 8 bytes");
        }
        return tcb;
    }

    /** VMPL 0, no migration agent, chip keys only, any guest SVN; no minimum, so that no product is accepted yet. */
    public static SnpRules strict() {
        return new SnpRules(0, true, Set.of(SigningKey.VCEK), 0, Map.of());
    }

    /** The same with another least privileged level. */
    public SnpRules withHighestVmpl(int vmpl) {
        return new SnpRules(vmpl, noMigrationAgent, acceptedKeys, lowestGuestSvn, minimumTcb);
    }

    /** The same without or with the rule on migration agents. */
    public SnpRules withNoMigrationAgent(boolean asked) {
        return new SnpRules(highestVmpl, asked, acceptedKeys, lowestGuestSvn, minimumTcb);
    }

    /** The same with other kinds of key. */
    public SnpRules withKeys(Set<SigningKey> keys) {
        return new SnpRules(highestVmpl, noMigrationAgent, keys, lowestGuestSvn, minimumTcb);
    }

    /** The same with another lowest guest SVN. */
    public SnpRules withLowestGuestSvn(long svn) {
        return new SnpRules(highestVmpl, noMigrationAgent, acceptedKeys, svn, minimumTcb);
    }

    /** The same with other minimums. */
    public SnpRules withMinimumTcb(Map<AmdProduct, ByteString> minimum) {
        return new SnpRules(highestVmpl, noMigrationAgent, acceptedKeys, lowestGuestSvn, minimum);
    }
}
