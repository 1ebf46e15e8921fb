package io.attested.sms.worker.ethereum;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A private key of an Ethereum account and the two things it may sign.
 *
 * <p>Signatures are deterministic (RFC 6979 with HMAC-SHA-256) and have a low s (EIP-2). Not guaranteed: that no copy of the
 * key stays in memory; the curve arithmetic needs it as a number nobody can wipe.
 */
public final class Wallet implements AutoCloseable {
    private static final byte[] MESSAGE_PREFIX =
            "\u0019Ethereum Signed Message:\n32".getBytes(StandardCharsets.US_ASCII);

    private final SecretBytes privateKey;
    private final EthereumAddress address;

    private Wallet(SecretBytes privateKey, EthereumAddress address) {
        this.privateKey = privateKey;
        this.address = address;
    }

    /**
     * Reads a private key written as 64 hex digits, with or without {@code 0x}, surrounding white space ignored.
     *
     * @param hex ASCII bytes; the caller wipes them
     * @return nothing when the form is another or the number is not in [1, n-1]
     */
    public static Optional<Wallet> parse(SecretBytes hex) {
        String text = hex.text(RawSecretAccess.to("read a private key written in hex"))
                .strip();
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (digits.length() != 2 * Bytes32.LENGTH) {
            return Optional.empty();
        }
        try {
            return ofPrivateKey(SecretBytes.owning(HexFormat.of().parseHex(digits)));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    /** The wallet of a 32-byte big-endian private key, which it takes over; nothing when it is not in [1, n-1]. */
    public static Optional<Wallet> ofPrivateKey(SecretBytes privateKey) {
        BigInteger d = number(privateKey);
        if (privateKey.length() != Bytes32.LENGTH || d.signum() == 0 || d.compareTo(Secp256k1.ORDER) >= 0) {
            privateKey.close();
            return Optional.empty();
        }
        var publicKey =
                new FixedPointCombMultiplier().multiply(Secp256k1.GENERATOR, d).normalize();
        return Optional.of(new Wallet(privateKey, Secp256k1.address(publicKey)));
    }

    /** The account. */
    public EthereumAddress address() {
        return address;
    }

    /** Signs 32 raw bytes as a personal message (EIP-191 version 0x45), as iExec clients sign their challenges. */
    public EthereumSignature signMessage(Bytes32 message) {
        return sign(messageDigest(message));
    }

    /** Signs the typed question for a task (EIP-712). */
    public EthereumSignature signAsk(Ask ask, AskDomain domain) {
        return sign(ask.digest(domain));
    }

    /** What {@link #signMessage} signs: the Keccak-256 of the EIP-191 prefix and the 32 bytes. */
    public static Bytes32 messageDigest(Bytes32 message) {
        return Keccak256.of(MESSAGE_PREFIX, message.bytes());
    }

    private EthereumSignature sign(Bytes32 digest) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(number(privateKey), Secp256k1.DOMAIN));
        BigInteger[] rs = signer.generateSignature(digest.bytes());
        BigInteger s = rs[1].compareTo(Secp256k1.HALF_ORDER) > 0 ? Secp256k1.ORDER.subtract(rs[1]) : rs[1];
        EthereumSignature even = EthereumSignature.of(rs[0], s, 0);
        boolean evenIsOurs = even.signerOf(digest).equals(Optional.of(address));
        return evenIsOurs ? even : EthereumSignature.of(rs[0], s, 1);
    }

    private static BigInteger number(SecretBytes privateKey) {
        byte[] raw = privateKey.copy(RawSecretAccess.to("sign with it"));
        try {
            return new BigInteger(1, raw);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    @Override
    public void close() {
        privateKey.close();
    }

    @Override
    public String toString() {
        return "Wallet[" + address + "]";
    }
}
