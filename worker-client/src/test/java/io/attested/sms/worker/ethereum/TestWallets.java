package io.attested.sms.worker.ethereum;

import io.attested.sms.attestation.seal.SecretBytes;

/** Wallets whose private key is one octet 32 times, as in the published vectors. */
public final class TestWallets {
    private TestWallets() {}

    /** The wallet of {@code octet}, two hex digits. */
    public static Wallet of(String octet) {
        return Wallet.parse(SecretBytes.ofUtf8(octet.repeat(32))).orElseThrow();
    }
}
