package io.attested.sms.attestation.ratls;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.util.Optional;

/**
 * The content of the standard form's extension: CBOR tag 60000 over [quote, claims], both byte strings; the claims are a
 * CBOR map of {@code pubkey-hash} and perhaps {@code nonce}, and nothing else.
 *
 * @param quote the quote
 * @param claims the bytes that REPORTDATA is the hash of
 * @param keyHash which hash of the key they hold
 * @param nonce what a verifier gave
 */
record TaggedEvidence(ByteString quote, ByteString claims, KeyHash keyHash, Optional<ByteString> nonce) {
    private static final int TAG = 60000;
    private static final String KEY_HASH = "pubkey-hash";
    private static final String NONCE = "nonce";

    /**
     * Reads it strictly. The order of the claims is free, since they are hashed as they came.
     *
     * @throws IOException when it has another structure
     */
    static TaggedEvidence read(ByteString content) throws IOException {
        CborReader in = new CborReader(content);
        in.tag(TAG);
        in.array(2);
        ByteString quote = in.bytes();
        ByteString claims = in.bytes();
        in.requireEnd();
        return readClaims(quote, claims);
    }

    private static TaggedEvidence readClaims(ByteString quote, ByteString claims) throws IOException {
        CborReader in = new CborReader(claims);
        Optional<KeyHash> keyHash = Optional.empty();
        Optional<ByteString> nonce = Optional.empty();
        for (int pairs = in.map(); pairs > 0; pairs--) {
            String name = in.text();
            if (name.equals(KEY_HASH) && keyHash.isEmpty()) {
                keyHash = Optional.of(KeyHash.read(in.bytes()));
            } else if (name.equals(NONCE) && nonce.isEmpty()) {
                nonce = Optional.of(in.bytes());
            } else {
                throw new IOException("claims hold something twice, or something else than pubkey-hash and nonce");
            }
        }
        in.requireEnd();
        return new TaggedEvidence(
                quote, claims, keyHash.orElseThrow(() -> new IOException("claims lack " + KEY_HASH)), nonce);
    }
}
