package io.attested.sms.attestation.source;

/** What happens around the cache of AMD's certificates, for metrics and logs. Implementations return quickly and do not throw. */
public interface AmdEvents {
    /** Something was fetched, checked and taken; names a product, and a chip by a digest. */
    void fetched(String what);

    /** A fetch brought nothing usable. */
    void failed(String what, CollateralAnswer.Reason reason, String detail);

    /** A file was ignored. */
    void ignored(String file, String why);

    /** Something is in memory only: it could not be written. */
    void notKept(String file, String why);

    /** Nobody listens. */
    static AmdEvents none() {
        return new AmdEvents() {
            @Override
            public void fetched(String what) {}

            @Override
            public void failed(String what, CollateralAnswer.Reason reason, String detail) {}

            @Override
            public void ignored(String file, String why) {}

            @Override
            public void notKept(String file, String why) {}
        };
    }
}
