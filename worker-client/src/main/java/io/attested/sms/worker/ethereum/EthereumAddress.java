package io.attested.sms.worker.ethereum;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account or contract, 20 bytes.
 *
 * <p>The mixed-case checksum of EIP-55 is neither required nor verified: case carries no meaning here.
 *
 * @param hex {@code 0x} and 40 lower-case hex digits
 */
public record EthereumAddress(String hex) {
    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

    /** Checks the form. Text of unknown origin goes through {@link #parse}. */
    public EthereumAddress {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("expected 0x and 40 lower-case hex digits");
        }
    }

    /** Reads {@code 0x} and 40 hex digits of either case; anything else is nothing. */
    public static Optional<EthereumAddress> parse(String text) {
        String candidate = text.toLowerCase(Locale.ROOT);
        return FORM.matcher(candidate).matches() ? Optional.of(new EthereumAddress(candidate)) : Optional.empty();
    }

    /** The address of exactly 20 bytes. */
    public static EthereumAddress of(byte[] bytes) {
        return new EthereumAddress("0x" + HexFormat.of().formatHex(bytes));
    }

    /** The 20 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    /** The address in the low 20 bytes of a 32-byte word, as the contract ABI and EIP-712 encode it. */
    byte[] word() {
        byte[] word = new byte[Bytes32.LENGTH];
        byte[] address = bytes();
        System.arraycopy(address, 0, word, word.length - address.length, address.length);
        return word;
    }

    @Override
    public String toString() {
        return hex;
    }
}
