package io.attested.sms.attestation.source;

/** What happens around the cache, for metrics and logs. Implementations return quickly and do not throw. */
public interface CollateralEvents {
    /** Newer collateral was fetched, checked and taken. */
    void fetched(CollateralKey key);

    /** The answer was good, but what is at hand is as new or newer. */
    void nothingNewer(CollateralKey key);

    /** A fetch brought nothing usable. */
    void failed(CollateralKey key, CollateralAnswer.Reason reason, String detail);

    /** A platform was not asked for, because too many were new within the hour. */
    void refusedByBound(CollateralKey key);

    /** A file was ignored. */
    void ignored(String file, String why);

    /** Collateral is in memory only: it could not be written. */
    void notKept(CollateralKey key, String why);

    /** Nobody listens. */
    static CollateralEvents none() {
        return new CollateralEvents() {
            @Override
            public void fetched(CollateralKey key) {}

            @Override
            public void nothingNewer(CollateralKey key) {}

            @Override
            public void failed(CollateralKey key, CollateralAnswer.Reason reason, String detail) {}

            @Override
            public void refusedByBound(CollateralKey key) {}

            @Override
            public void ignored(String file, String why) {}

            @Override
            public void notKept(CollateralKey key, String why) {}
        };
    }
}
