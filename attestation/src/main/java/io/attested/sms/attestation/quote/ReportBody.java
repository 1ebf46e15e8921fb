package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Tee;

/** What a quote carries: the report of an SGX enclave or of a TDX trust domain. Reading one proves nothing. */
public sealed interface ReportBody permits EnclaveReport, TrustDomainReport {
    /** The kind of TEE. */
    Tee tee();

    /** The bytes as in the quote. */
    ByteString raw();

    /** REPORTDATA, 64 bytes. */
    ByteString reportData();

    /** Whether the host can read the TEE's memory. */
    boolean debug();
}
