package io.attested.sms.bench.conformance;

import io.attested.sms.contracts.testbed.Wallet;

/**
 * Somebody with a key.
 *
 * @param wallet the key
 */
public record Actor(Wallet wallet) {
    /** {@code 0x} and 40 lower-case digits. */
    public String address() {
        return wallet.address();
    }

    /** In the mixed case of EIP-55, as the SDK sends it. */
    public String checksummed() {
        return wallet.checksummedAddress();
    }

    /** In upper case but for the {@code 0x}. */
    public String upperCase() {
        return "0x" + address().substring(2).toUpperCase(java.util.Locale.ROOT);
    }

    /**
     * EIP-191 personal message over 32 raw bytes, contract section 2.2.
     *
     * @return {@code 0x} and 130 digits
     */
    public String sign(byte[] challenge) {
        return wallet.signMessage(challenge);
    }
}
