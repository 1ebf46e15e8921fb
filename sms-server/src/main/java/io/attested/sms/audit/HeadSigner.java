package io.attested.sms.audit;

/** Signs the heads of the log and knows its own signatures: the service key. */
public interface HeadSigner {
    /** Signature (64 bytes) over {@code domain ‖ 0 ‖ statement}. */
    byte[] sign(String domain, byte[] statement);

    /** Whether {@code signature} is the signer's over {@code domain ‖ 0 ‖ statement}. */
    boolean verifies(String domain, byte[] statement, byte[] signature);
}
