package io.attested.sms.attestation.ratls;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.pki.Der;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate that says it is signed by its own key; read strictly, not yet verified.
 *
 * @param tbs the signed part
 * @param signature over it
 * @param algorithm Java's name of the signature algorithm
 * @param keyInfo SubjectPublicKeyInfo, DER
 * @param evidence contents of the extensions that hold evidence
 */
record SelfSigned(
        ByteString tbs,
        ByteString signature,
        String algorithm,
        ByteString keyInfo,
        Map<RaTlsForm, ByteString> evidence) {

    private static final int MAX_EXPONENT_BITS = 32;
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);
    private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA256withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA384withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA512withECDSA",
            PKCSObjectIdentifiers.sha256WithRSAEncryption, "SHA256withRSA",
            PKCSObjectIdentifiers.sha384WithRSAEncryption, "SHA384withRSA",
            PKCSObjectIdentifiers.sha512WithRSAEncryption, "SHA512withRSA");
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD =
            Set.of(Extension.basicConstraints, Extension.keyUsage, Extension.extendedKeyUsage);

    /**
     * Reads a certificate.
     *
     * @throws IOException when it is not strict DER, not version 3, not self-issued, has other algorithms than RSA (2,048
     *     to 4,096 bits) and ECDSA (P-256, P-384, P-521) with SHA-2, or an unknown critical extension
     */
    static SelfSigned read(ByteString der) throws IOException {
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(Der.read(der.toByteArray()));
            byte[] tbs = sequence.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER);
            return read(ByteString.copyOf(tbs), Certificate.getInstance(sequence));
        } catch (RuntimeException malformed) {
            // BouncyCastle reports malformed content by unchecked exceptions of several kinds.
            throw new IOException("content is not that of an X.509 certificate");
        }
    }

    private static SelfSigned read(ByteString tbs, Certificate certificate) throws IOException {
        AlgorithmIdentifier inner = certificate.getTBSCertificate().getSignature();
        if (certificate.getVersionNumber() != 3
                || !certificate.getSignatureAlgorithm().equals(inner)
                || !Arrays.equals(encoded(certificate.getIssuer()), encoded(certificate.getSubject()))) {
            throw new IOException("certificate is not version 3, or issued by another than its subject");
        }
        Extensions extensions = certificate.getExtensions();
        if (extensions == null) {
            throw new IOException("certificate has no extensions");
        }
        SubjectPublicKeyInfo info = certificate.getSubjectPublicKeyInfo();
        return new SelfSigned(
                tbs,
                ByteString.copyOf(certificate.getSignature().getOctets()),
                algorithm(inner, info.getAlgorithm()),
                ByteString.copyOf(info.getEncoded(ASN1Encoding.DER)),
                evidence(extensions));
    }

    /** Names are compared by their bytes: comparing their parts takes the square of how many a stranger put in. */
    private static byte[] encoded(X500Name name) throws IOException {
        return name.getEncoded(ASN1Encoding.DER);
    }

    private static Map<RaTlsForm, ByteString> evidence(Extensions extensions) throws IOException {
        Map<RaTlsForm, ByteString> found = new EnumMap<>(RaTlsForm.class);
        for (RaTlsForm form : RaTlsForm.values()) {
            Extension extension = extensions.getExtension(new ASN1ObjectIdentifier(form.identifier()));
            if (extension != null) {
                found.put(form, ByteString.copyOf(extension.getExtnValue().getOctets()));
            }
        }
        for (ASN1ObjectIdentifier critical : extensions.getCriticalExtensionOIDs()) {
            boolean evidence =
                    found.keySet().stream().anyMatch(form -> form.identifier().equals(critical.getId()));
            if (!evidence && !UNDERSTOOD.contains(critical)) {
                throw new IOException("certificate has an unknown critical extension");
            }
        }
        return found;
    }

    private static String algorithm(AlgorithmIdentifier signature, AlgorithmIdentifier key) throws IOException {
        String name = ALGORITHMS.get(signature.getAlgorithm());
        ASN1Encodable parameters = signature.getParameters();
        boolean elliptic = key.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && key.getParameters() instanceof ASN1ObjectIdentifier curve
                && CURVES.contains(curve);
        boolean rsa = key.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                && DERNull.INSTANCE.equals(key.getParameters());
        if (name != null && elliptic && name.endsWith("withECDSA") && parameters == null) {
            return name;
        }
        if (name != null && rsa && name.endsWith("withRSA") && DERNull.INSTANCE.equals(parameters)) {
            return name;
        }
        throw new IOException("algorithms of key and signature are none that fit together here");
    }

    /** Whether the certificate's own key made its signature. */
    boolean isSignedByItself() {
        try {
            String kind = algorithm.endsWith("withRSA") ? "RSA" : "EC";
            PublicKey key = KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(keyInfo.toByteArray()));
            if (key instanceof RSAPublicKey rsa && !isBounded(rsa)) {
                return false;
            }
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(tbs.toByteArray());
            return verifier.verify(signature.toByteArray());
        } catch (GeneralSecurityException | ProviderException notOfThisKey) {
            return false;
        }
    }

    /** A stranger chooses the key: its size decides what verifying costs. */
    private static boolean isBounded(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        return bits >= 2048 && bits <= 4096 && exponent.bitLength() <= MAX_EXPONENT_BITS;
    }

    /**
     * The uncompressed point of a P-256 key, 65 bytes.
     *
     * @throws IOException when the key is another
     */
    ByteString point() throws IOException {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(keyInfo.toByteArray());
        byte[] point = info.getPublicKeyData().getBytes();
        if (!SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters())
                || point.length != 65
                || point[0] != 4) {
            throw new IOException("key is no uncompressed point of P-256");
        }
        return ByteString.copyOf(point);
    }
}
