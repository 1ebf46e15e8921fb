package io.attested.sms.attestation.pki;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.attested.sms.attestation.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The native adapter, on Amazon Corretto Crypto Provider (AWS-LC). Uses the provider by reference; nothing is registered
 * in {@link java.security.Security}, so no other code of the process changes its provider.
 *
 * <p>This class cannot be loaded where the provider's jar is missing: ask {@link NativeP256} for it.
 */
final class CorrettoP256 implements P256 {
    /** SubjectPublicKeyInfo of a P-256 key up to and with the byte 04 of an uncompressed point (RFC 5480). */
    private static final byte[] KEY_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    /** A key is taken in once: that costs a thirtieth of a check, and chains name the same few keys over and over. */
    private static final int KNOWN_KEYS = 1024;

    private final Provider provider;
    private final KeyFactory keys;
    private final Map<ByteString, PublicKey> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, PublicKey> eldest) {
            return size() > KNOWN_KEYS;
        }
    };

    private CorrettoP256(Provider provider, KeyFactory keys) {
        this.provider = provider;
        this.keys = keys;
    }

    /**
     * The adapter, after the provider's self tests.
     *
     * @throws NoSuchAlgorithmException when the provider lacks an algorithm
     * @throws RuntimeException when its library does not load or a self test fails
     */
    static CorrettoP256 open() throws NoSuchAlgorithmException {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        provider.assertHealthy();
        Signature.getInstance(ALGORITHM, provider);
        return new CorrettoP256(provider, KeyFactory.getInstance("EC", provider));
    }

    @Override
    public boolean verifies(ByteString key, ByteString message, ByteString signature) {
        if (key.length() != LENGTH || signature.length() != LENGTH) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM, provider);
            verifier.initVerify(publicKey(key));
            verifier.update(message.toByteArray());
            return verifier.verify(signature.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(provider.getName() + " had " + ALGORITHM + " at the start", e);
        } catch (GeneralSecurityException notAKeyOrNotASignature) {
            // How the library says: a point off the curve, or r or s outside 1 to n-1.
            return false;
        }
    }

    private PublicKey publicKey(ByteString key) throws GeneralSecurityException {
        synchronized (known) {
            PublicKey seen = known.get(key);
            if (seen != null) {
                return seen;
            }
        }
        PublicKey read = read(key);
        synchronized (known) {
            known.put(key, read);
        }
        return read;
    }

    private PublicKey read(ByteString key) throws GeneralSecurityException {
        byte[] encoded = new byte[KEY_PREFIX.length + LENGTH];
        System.arraycopy(KEY_PREFIX, 0, encoded, 0, KEY_PREFIX.length);
        System.arraycopy(key.toByteArray(), 0, encoded, KEY_PREFIX.length, LENGTH);
        return keys.generatePublic(new X509EncodedKeySpec(encoded));
    }

    @Override
    public String provider() {
        return provider.getName() + " " + provider.getVersionStr();
    }
}
