package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** RSASSA-PSS with SHA-384, MGF1 with SHA-384 and 48 bytes of salt (RFC 8017 section 8.1), as AMD's keys sign. */
final class RsaPss {
    private static final int KEY_BITS = 4096;
    private static final int SALT_LENGTH = 48;

    private RsaPss() {}

    /** Whether {@code algorithm} is exactly this one (RFC 4055 section 3.1). */
    static boolean is(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return false;
        }
        RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
        AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
        return isSha384(parameters.getHashAlgorithm())
                && mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && isSha384(AlgorithmIdentifier.getInstance(mask.getParameters()))
                && parameters.getSaltLength().intValueExact() == SALT_LENGTH
                && parameters.getTrailerField().intValueExact() == 1;
    }

    private static boolean isSha384(AlgorithmIdentifier algorithm) {
        return algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha384);
    }

    /**
     * Reads a key.
     *
     * @param keyInfo SubjectPublicKeyInfo, DER
     * @throws IOException when it is no RSA key of 4,096 bits
     */
    static PublicKey key(ByteString keyInfo) throws IOException {
        try {
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(keyInfo.toByteArray()));
            if (((RSAPublicKey) key).getModulus().bitLength() != KEY_BITS) {
                throw new IOException("RSA key has not " + KEY_BITS + " bits");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException("public key is no RSA key");
        }
    }

    /** Whether the signature holds. */
    static boolean verifies(PublicKey key, ByteString message, ByteString signature) {
        try {
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, SALT_LENGTH, 1));
            verifier.initVerify(key);
            verifier.update(message.toByteArray());
            return verifier.verify(signature.toByteArray());
        } catch (SignatureException | InvalidKeyException | ProviderException notOfThisKey) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every supported Java platform has RSASSA-PSS with SHA-384", e);
        }
    }
}
