package io.attested.sms.attestation.binding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Binds runtime data to evidence: {@code REPORTDATA = SHA-512(domain ‖ 0x00 ‖ runtimeData)}, native protocol section 3.
 *
 * <p>The digest fills the 64 bytes of report data exactly, so there is no padding that could carry anything else. The
 * runtime data is hashed as received and parsed afterwards; no canonical form is needed.
 */
public final class ReportBinding {
    /** Length of an SGX or TDX REPORTDATA field in bytes. */
    public static final int REPORT_DATA_LENGTH = 64;

    /** Domain of the evidence that a worker's enclave presents to redeem a challenge. */
    public static final String WORKER_DOMAIN = "sms-attest/worker/1";

    private ReportBinding() {}

    /**
     * Computes the report data an enclave must put into its quote.
     *
     * @param domain ASCII label of the purpose and its version; contains no NUL
     * @param runtimeData exactly the bytes sent beside the quote
     * @return 64 bytes
     */
    public static byte[] reportData(String domain, byte[] runtimeData) {
        MessageDigest digest = sha512();
        digest.update(domain.getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        return digest.digest(runtimeData);
    }

    static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
