package io.attested.sms.identity;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.Provenance;
import java.util.Optional;

/** Whether somebody signed something. */
public sealed interface Signing {
    /**
     * The claimed signer's key made the signature, or its contract approves it.
     *
     * @param wallet where the contract's word was read; empty when the key signed, for which no chain was read
     */
    record Signed(Optional<Provenance> wallet) implements Signing {}

    /** Neither; or there is no signature. */
    record NotSigned() implements Signing {}

    /** No key of the claimed signer made it, and whether a contract approves it cannot be learned now. */
    record Unknown(ChainFailure failure) implements Signing {}
}
