package io.attested.sms.attestation.ratls;

/** Which extension holds the quote, and by it how the quote is bound to the certificate's key. */
public enum RaTlsForm {
    /**
     * Gramine 1.8 and later, and what follows the Confidential Computing Consortium's interoperable RA-TLS format: TCG
     * DICE tagged evidence, CBOR tag 60000 over [quote, claims]. REPORTDATA is SHA-256(claims) and 32 zero bytes; the
     * claims hold a hash of the key.
     */
    GRAMINE("2.23.133.5.4.9"),
    /**
     * Gramine before, and beside the standard form since: the quote alone. The identifier is as Gramine encodes it; its
     * constant has tag and length of another identifier inside. REPORTDATA is SHA-256(SubjectPublicKeyInfo, DER) and 32
     * zero bytes.
     */
    GRAMINE_LEGACY("0.6.9.42.840.113741.1337.6"),
    /**
     * Intel's first RA-TLS, in use with several tools: the quote alone. REPORTDATA is SHA-256(uncompressed point of the
     * P-256 key, 65 bytes) and 32 zero bytes. Some tools put text of their own into the second half; nothing says what
     * it should be, so it must be zero here.
     */
    INTEL_LEGACY("1.2.840.113741.1337.6");

    private final String identifier;

    RaTlsForm(String identifier) {
        this.identifier = identifier;
    }

    /** Object identifier of the extension, in dots. */
    public String identifier() {
        return identifier;
    }
}
