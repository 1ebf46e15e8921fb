package io.attested.sms.attestation;

import java.util.Optional;

/**
 * How current a platform's trusted computing base is, from good to bad (Intel PCS API v4, {@code tcbStatus}).
 *
 * <p>What a status permits is policy and decided elsewhere; only {@link #REVOKED} never verifies.
 */
public enum TcbStatus {
    /** All known mitigations are in place. */
    UP_TO_DATE("UpToDate"),
    /** The platform is current, but the enclave's own code must contain mitigations. */
    SW_HARDENING_NEEDED("SWHardeningNeeded"),
    /** The platform is current, but its configuration exposes it. */
    CONFIGURATION_NEEDED("ConfigurationNeeded"),
    /** Both of the above. */
    CONFIGURATION_AND_SW_HARDENING_NEEDED("ConfigurationAndSWHardeningNeeded"),
    /** TDX: the module was updated, the trust domain was started before. */
    TD_RELAUNCH_ADVISED("TDRelaunchAdvised"),
    /** TDX: the module was updated after the start, and the configuration exposes the platform. */
    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED("TDRelaunchAdvisedConfigurationNeeded"),
    /** Known vulnerabilities are not mitigated. */
    OUT_OF_DATE("OutOfDate"),
    /** Known vulnerabilities are not mitigated, and the configuration exposes the platform. */
    OUT_OF_DATE_CONFIGURATION_NEEDED("OutOfDateConfigurationNeeded"),
    /** The level is no longer trusted at all. */
    REVOKED("Revoked");

    private final String text;

    TcbStatus(String text) {
        this.text = text;
    }

    /** The status as Intel writes it, for instance {@code UpToDate}. */
    public String text() {
        return text;
    }

    /** Whether Intel publishes levels with this status; the others only result from an evaluation. */
    public boolean isPublished() {
        return this != TD_RELAUNCH_ADVISED && this != TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED;
    }

    /** The status that Intel writes so (case matters), or nothing. */
    public static Optional<TcbStatus> ofText(String text) {
        for (TcbStatus status : values()) {
            if (status.text.equals(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /**
     * The status after a component with its own levels (quoting enclave, TDX module) was found in {@code component}
     * state.
     *
     * @param component {@link #UP_TO_DATE}, {@link #OUT_OF_DATE} or {@link #REVOKED}; no other status exists for one
     */
    public TcbStatus convergedWith(TcbStatus component) {
        return switch (component) {
            case UP_TO_DATE -> this;
            case REVOKED -> REVOKED;
            case OUT_OF_DATE -> outdated();
            case SW_HARDENING_NEEDED,
                    CONFIGURATION_NEEDED,
                    CONFIGURATION_AND_SW_HARDENING_NEEDED,
                    TD_RELAUNCH_ADVISED,
                    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED,
                    OUT_OF_DATE_CONFIGURATION_NEEDED ->
                throw new IllegalArgumentException("no component has the status " + component.text);
        };
    }

    private TcbStatus outdated() {
        return switch (this) {
            case UP_TO_DATE, SW_HARDENING_NEEDED, TD_RELAUNCH_ADVISED -> OUT_OF_DATE;
            case CONFIGURATION_NEEDED,
                    CONFIGURATION_AND_SW_HARDENING_NEEDED,
                    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED -> OUT_OF_DATE_CONFIGURATION_NEEDED;
            case OUT_OF_DATE, OUT_OF_DATE_CONFIGURATION_NEEDED, REVOKED -> this;
        };
    }
}
