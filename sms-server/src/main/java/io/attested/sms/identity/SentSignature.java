package io.attested.sms.identity;

import io.attested.sms.chain.WalletLookup;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A signature as a request carries it: the 65 bytes of a key, or whatever a contract wallet takes for a signature
 * (ERC-1271), which may be of any length and any content.
 */
public final class SentSignature {
    private final byte[] bytes;

    private SentSignature(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads hex digits, with or without {@code 0x}.
     *
     * <p>Nothing for text that is empty, no whole number of bytes or longer than {@link WalletLookup#LONGEST_SIGNATURE}
     * bytes. {@code 0x} alone is the empty signature, which wallets take that approved a hash on chain beforehand.
     */
    public static Optional<SentSignature> parse(String hex) {
        String digits = digits(hex);
        if (hex.isEmpty() || digits.length() > 2 * WalletLookup.LONGEST_SIGNATURE) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SentSignature(HexFormat.of().parseHex(digits)));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    static String digits(String hex) {
        return hex.startsWith("0x") || hex.startsWith("0X") ? hex.substring(2) : hex;
    }

    /** The signature of a key, if it is one: exactly 65 bytes, well formed. */
    public Optional<WalletSignature> ofKey() {
        return WalletSignature.of(bytes);
    }

    /** A fresh copy of the bytes as sent; for a contract wallet no other spelling is the same signature. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
