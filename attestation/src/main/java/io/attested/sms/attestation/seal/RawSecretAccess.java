package io.attested.sms.attestation.seal;

/**
 * The token without which {@link SecretBytes} does not hand out its content.
 *
 * <p>It protects nothing by itself. It makes every place that touches raw secret bytes findable by one word.
 */
public final class RawSecretAccess {
    private RawSecretAccess() {}

    /**
     * Asks for access.
     *
     * @param reason why this place must see the bytes; for the reader of the code, never stored
     */
    public static RawSecretAccess to(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("say why the raw bytes are needed");
        }
        return new RawSecretAccess();
    }
}
