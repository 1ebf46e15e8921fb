package io.attested.sms.keyring;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Derives the per-task challenge keys, native protocol section 6.
 *
 * <p>HKDF-SHA-256 (RFC 5869) without salt over the 32-byte seed; info is {@code "sms-challenge/1" ‖ chainId (uint256) ‖
 * hub (20 bytes) ‖ chainTaskId (32 bytes) ‖ counter (u32)}, 32 bytes out; the first counter from 0 whose output lies in
 * [1, n-1] gives the private key. Big-endian throughout.
 */
final class ChallengeKeys {
    private static final byte[] DOMAIN = "sms-challenge/1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_LENGTH = 32;

    private final SecretBytes seed;

    ChallengeKeys(SecretBytes seed) {
        this.seed = seed;
    }

    TaskChallengeKey derive(long chainId, Address hub, Bytes32 chainTaskId) {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
        byte[] key = IntStream.iterate(0, counter -> counter + 1)
                .mapToObj(counter -> expand(info(chainId, hub, chainTaskId, counter)))
                .filter(candidate -> isPrivateKey(candidate, curve.getN()))
                .findFirst()
                .orElseThrow();
        return new TaskChallengeKey(SecretBytes.owning(key), addressOf(key, curve));
    }

    /** The address of a given key, or nothing when it is no private key. */
    static Optional<Address> addressOf(SecretBytes privateKey) {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
        byte[] key = privateKey.copy(RawSecretAccess.to("compute the address of a challenge key"));
        try {
            return key.length == KEY_LENGTH && isPrivateKey(key, curve.getN())
                    ? Optional.of(addressOf(key, curve))
                    : Optional.empty();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    static boolean isPrivateKey(byte[] candidate, BigInteger order) {
        BigInteger value = new BigInteger(1, candidate);
        return value.signum() > 0 && value.compareTo(order) < 0;
    }

    private byte[] expand(byte[] info) {
        byte[] raw = seed.copy(RawSecretAccess.to("derive a task's challenge key"));
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            return hkdf.deriveData(HKDFParameterSpec.ofExtract().addIKM(raw).thenExpand(info, KEY_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256 (JEP 510)", e);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    private static byte[] info(long chainId, Address hub, Bytes32 chainTaskId, int counter) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes(DOMAIN);
        info.writeBytes(new byte[KEY_LENGTH - Long.BYTES]);
        info.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(chainId).array());
        info.writeBytes(hub.bytes());
        info.writeBytes(chainTaskId.bytes());
        info.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(counter).array());
        return info.toByteArray();
    }

    /** Last 20 bytes of Keccak-256 over the 64-byte public key (Yellow Paper, appendix F). */
    private static Address addressOf(byte[] privateKey, X9ECParameters curve) {
        byte[] point = new FixedPointCombMultiplier()
                .multiply(curve.getG(), new BigInteger(1, privateKey))
                .normalize()
                .getEncoded(false);
        Keccak.Digest256 keccak = new Keccak.Digest256();
        keccak.update(point, 1, point.length - 1);
        byte[] hash = keccak.digest();
        return Address.of(Arrays.copyOfRange(hash, hash.length - 20, hash.length));
    }
}
