package io.attested.sms.attestation.source;

import io.attested.sms.attestation.collateral.Collateral;
import java.time.Instant;

/** Who can be asked for collateral over the network. What it answers is not checked yet. */
public interface CollateralPublisher {
    /**
     * Asks for everything a platform needs.
     *
     * @param deadline when the caller loses interest
     * @throws FetchFailed when there is no whole answer
     */
    Collateral fetch(CollateralKey key, Instant deadline) throws FetchFailed, InterruptedException;
}
