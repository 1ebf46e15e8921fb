package io.attested.sms.worker.evidence;

import io.attested.sms.worker.ethereum.Bytes32;

/** What the code says it is in every quote it can make, and what binds its launch. */
public sealed interface ReportIdentity {
    /**
     * An SGX enclave (Intel SDM volume 3D, table "REPORT").
     *
     * @param mrEnclave measurement of the enclave
     * @param configId what it was bound to at launch
     */
    record Enclave(Bytes32 mrEnclave, ConfigId configId) implements ReportIdentity {}

    /**
     * A TDX trust domain.
     *
     * @param rtmr3 the register that holds what was launched
     */
    record TrustDomain(LaunchRegister rtmr3) implements ReportIdentity {}
}
