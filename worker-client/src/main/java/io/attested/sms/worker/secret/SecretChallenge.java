package io.attested.sms.worker.secret;

import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.Keccak256;

/** The challenge iExec clients sign for a secret with a name: {@code H(DOMAIN ‖ address ‖ H(name) ‖ H(value))}. */
final class SecretChallenge {
    private static final Bytes32 DOMAIN = Keccak256.ofUtf8("IEXEC_SMS_DOMAIN");

    private SecretChallenge() {}

    static byte[] domain() {
        return DOMAIN.bytes();
    }

    static Bytes32 of(EthereumAddress address, String name, byte[] value) {
        return Keccak256.of(
                domain(),
                address.bytes(),
                Keccak256.ofUtf8(name).bytes(),
                Keccak256.of(value).bytes());
    }
}
