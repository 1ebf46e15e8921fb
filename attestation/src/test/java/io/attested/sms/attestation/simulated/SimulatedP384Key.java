package io.attested.sms.attestation.simulated;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * A P-384 key pair derived from a label; its signatures are deterministic (RFC 6979).
 *
 * @param secret the private number
 */
public record SimulatedP384Key(BigInteger secret) {
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("secp384r1"));
    private static final int NUMBER_LENGTH = 72;

    /** The key of this label. */
    public static SimulatedP384Key derive(String label) {
        byte[] wide = SimulatedKey.digest("SHA-512", label.getBytes(StandardCharsets.UTF_8));
        return new SimulatedP384Key(new BigInteger(1, wide).mod(DOMAIN.getN()));
    }

    SubjectPublicKeyInfo info() {
        byte[] point = DOMAIN.getG().multiply(secret).normalize().getEncoded(false);
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1), point);
    }

    /** r and s over the SHA-384 of {@code message} as reports have them: 72 bytes each, little-endian. */
    public byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA384Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
        BigInteger[] numbers = signer.generateSignature(SimulatedKey.digest("SHA-384", message));
        byte[] signature = new byte[2 * NUMBER_LENGTH];
        for (int i = 0; i < numbers.length; i++) {
            byte[] bigEndian = numbers[i].toByteArray();
            for (int j = 0; j < bigEndian.length; j++) {
                signature[i * NUMBER_LENGTH + j] = bigEndian[bigEndian.length - 1 - j];
            }
        }
        return signature;
    }

    @Override
    public String toString() {
        return "SimulatedP384Key[redacted]";
    }
}
