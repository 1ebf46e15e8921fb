package io.attested.sms.worker.evidence;

import io.attested.sms.worker.ethereum.Bytes32;

/**
 * What an enclave's own report says it is (Intel SDM volume 3D, table "REPORT").
 *
 * @param mrEnclave measurement of the enclave
 * @param configId what it was bound to at launch
 */
public record ReportIdentity(Bytes32 mrEnclave, ConfigId configId) {}
