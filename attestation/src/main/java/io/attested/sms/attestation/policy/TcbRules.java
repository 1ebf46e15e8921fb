package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.TcbStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How current a platform has to be.
 *
 * <p>A status other than UpToDate is accepted only together with its advisories: every one that applies has to be on the
 * list, and they have to be known, which TCB info of version 2 does not give. OutOfDate and OutOfDateConfigurationNeeded cannot be accepted as such, only for the time of {@code grace}, which
 * runs from the publication of the better level; the second only when ConfigurationNeeded is accepted. An advisory that is
 * not on the list is not accepted within the grace either, so no platform passes by becoming worse.
 *
 * <p>SEV-SNP evidence has no status; see {@link SnpRules#minimumTcb}.
 *
 * @param acceptedStatuses at least one, none of the OutOfDate kinds, not Revoked
 * @param acceptedAdvisories identifiers such as {@code INTEL-SA-00615}
 * @param minimumEvaluationDataNumber lowest evaluation of TCB info and QE identity; 0 asks for none
 * @param grace how long a platform may be out of date, zero to a year
 */
public record TcbRules(
        Set<TcbStatus> acceptedStatuses,
        SortedSet<String> acceptedAdvisories,
        int minimumEvaluationDataNumber,
        Duration grace) {
    /** The statuses that only a grace lets pass, and the one that nothing does. */
    private static final Set<TcbStatus> NEVER =
            EnumSet.of(TcbStatus.OUT_OF_DATE, TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED, TcbStatus.REVOKED);

    /**
     * Takes unmodifiable copies.
     *
     * @throws IllegalArgumentException when a value is outside of what is said above
     */
    public TcbRules {
        if (acceptedStatuses.isEmpty() || acceptedStatuses.stream().anyMatch(NEVER::contains)) {
            throw new IllegalArgumentException("accepted statuses are " + acceptedStatuses
                    + ", expected at least one and none of " + NEVER + "; for outdated platforms set a grace");
        }
        if (minimumEvaluationDataNumber < 0) {
            throw new IllegalArgumentException(
                    "minimum evaluation data number is " + minimumEvaluationDataNumber + ", expected 0 or more");
        }
        acceptedStatuses = Collections.unmodifiableSet(EnumSet.copyOf(acceptedStatuses));
        acceptedAdvisories = Collections.unmodifiableSortedSet(new TreeSet<>(acceptedAdvisories));
        Grace.require("TCB grace", grace);
    }

    /** UpToDate and SWHardeningNeeded, no advisory, no minimum, no grace. */
    public static TcbRules standard() {
        return new TcbRules(
                EnumSet.of(TcbStatus.UP_TO_DATE, TcbStatus.SW_HARDENING_NEEDED), new TreeSet<>(), 0, Duration.ZERO);
    }

    /** The same with other statuses. */
    public TcbRules withStatuses(Set<TcbStatus> statuses) {
        return new TcbRules(statuses, acceptedAdvisories, minimumEvaluationDataNumber, grace);
    }

    /** The same with other advisories. */
    public TcbRules withAdvisories(Set<String> advisories) {
        return new TcbRules(acceptedStatuses, new TreeSet<>(advisories), minimumEvaluationDataNumber, grace);
    }

    /** The same with another lowest evaluation. */
    public TcbRules withMinimumEvaluationDataNumber(int number) {
        return new TcbRules(acceptedStatuses, acceptedAdvisories, number, grace);
    }

    /** The same with another grace. */
    public TcbRules withGrace(Duration time) {
        return new TcbRules(acceptedStatuses, acceptedAdvisories, minimumEvaluationDataNumber, time);
    }
}
