package io.attested.sms.attestation;

/** The kind of trusted execution environment that evidence comes from. */
public enum Tee {
    /** Intel Software Guard Extensions: an enclave inside a process. */
    SGX,
    /** Intel Trust Domain Extensions: a virtual machine. */
    TDX,
    /** AMD Secure Encrypted Virtualization with Secure Nested Paging: a virtual machine. */
    SEV_SNP
}
