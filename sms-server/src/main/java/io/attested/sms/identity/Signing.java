package io.attested.sms.identity;

import io.attested.sms.chain.ChainFailure;

/** Whether somebody signed something. */
public sealed interface Signing {
    /** The claimed signer's key made the signature, or its contract approves it. */
    record Signed() implements Signing {}

    /** Neither; or there is no signature. */
    record NotSigned() implements Signing {}

    /** No key of the claimed signer made it, and whether a contract approves it cannot be learned now. */
    record Unknown(ChainFailure failure) implements Signing {}
}
