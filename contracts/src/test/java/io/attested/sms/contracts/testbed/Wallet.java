package io.attested.sms.contracts.testbed;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * A key that signs: one of the ten accounts of the public mnemonic {@code test test … junk}, or any other.
 *
 * <p>The ten are funded and unlocked on a {@link LocalChain}. Their keys are public: nothing of value may ever be theirs.
 */
public final class Wallet {
    private static final List<String> PUBLIC_KEYS_OF_THE_MNEMONIC = List.of(
            "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
            "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
            "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
            "7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
            "47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
            "8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba",
            "92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e",
            "4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356",
            "dbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97",
            "2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6");

    /** Deploys the contracts and owns the hub: account 0. */
    public static final Wallet DEPLOYER = account(0);

    /** Account 1. */
    public static final Wallet APP_DEVELOPER = account(1);

    /** Account 2. */
    public static final Wallet DATASET_OWNER = account(2);

    /** Account 3: its owner key signs as the scheduler. */
    public static final Wallet WORKERPOOL_OWNER = account(3);

    /** Account 4. */
    public static final Wallet REQUESTER = account(4);

    /** Account 5. */
    public static final Wallet WORKER = account(5);

    /** Account 6: someone with no role. */
    public static final Wallet STRANGER = account(6);

    private final Credentials credentials;

    private Wallet(ECKeyPair pair) {
        this.credentials = Credentials.create(pair);
    }

    /** @param index 0 to 9 */
    public static Wallet account(int index) {
        return ofPrivateKey("0x" + PUBLIC_KEYS_OF_THE_MNEMONIC.get(index));
    }

    /** @param privateKey {@code 0x} and 64 hexadecimal digits */
    public static Wallet ofPrivateKey(String privateKey) {
        return new Wallet(ECKeyPair.create(new BigInteger(privateKey.substring(2), 16)));
    }

    /** A new key, for instance an enclave's. */
    public static Wallet random(SecureRandom random) {
        BigInteger key =
                new BigInteger(256, random).mod(Sign.CURVE_PARAMS.getN().subtract(BigInteger.ONE));
        return new Wallet(ECKeyPair.create(key.add(BigInteger.ONE)));
    }

    /** {@code 0x} and 40 lower-case hexadecimal digits. */
    public String address() {
        return credentials.getAddress();
    }

    /** The address in the mixed case of EIP-55. */
    public String checksummedAddress() {
        return Keys.toChecksumAddress(credentials.getAddress());
    }

    /** {@code 0x} and 64 lower-case hexadecimal digits. */
    public String privateKey() {
        String digits = credentials.getEcKeyPair().getPrivateKey().toString(16);
        return "0x" + "0".repeat(64 - digits.length()) + digits;
    }

    /**
     * EIP-191 {@code personal_sign} over raw bytes, usually a hash of 32.
     *
     * @return {@code 0x} and 65 bytes {@code r ‖ s ‖ v}, v 27 or 28, s in the lower half
     */
    public String signMessage(byte[] message) {
        return text(Sign.signPrefixedMessage(message, credentials.getEcKeyPair()));
    }

    /**
     * Signs a digest as it is, for EIP-712.
     *
     * @param digest 32 bytes
     * @return as {@link #signMessage}
     */
    public String signDigest(byte[] digest) {
        return text(Sign.signMessage(digest, credentials.getEcKeyPair(), false));
    }

    /** keccak256, 32 bytes. */
    public static byte[] keccak(byte[] input) {
        return Hash.sha3(input);
    }

    private static String text(Sign.SignatureData signature) {
        HexFormat hex = HexFormat.of();
        return "0x" + hex.formatHex(signature.getR()) + hex.formatHex(signature.getS())
                + hex.formatHex(signature.getV());
    }

    @Override
    public String toString() {
        return address();
    }
}
