package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.amd.AmdIssuers;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.ChipVersion;
import io.attested.sms.attestation.amd.SigningKey;
import java.time.Instant;

/** Who can be asked for AMD's certificates over the network. What it answers is not checked yet. */
public interface AmdPublisher {
    /**
     * Asks for a chip's certificate at a TCB version, DER.
     *
     * @throws FetchFailed when there is no whole answer
     */
    ByteString vcek(ChipVersion chip, Instant deadline) throws FetchFailed, InterruptedException;

    /**
     * Asks for what goes with every certificate of a product.
     *
     * @throws FetchFailed when there is no whole answer
     */
    AmdIssuers issuers(AmdProduct product, SigningKey kind, Instant deadline) throws FetchFailed, InterruptedException;
}
