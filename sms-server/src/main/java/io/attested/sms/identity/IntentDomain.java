package io.attested.sms.identity;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;

/**
 * The EIP-712 domain of this service's typed intents: name "SMS", version "1", chain, hub and the service itself.
 *
 * @param serviceId SHA-256 of the service key; the domain's salt, so that an intent for one service means nothing to
 *     another
 */
public record IntentDomain(long chainId, Address hub, Bytes32 serviceId) {
    private static final byte[] TYPE_HASH = Keccak256.ofUtf8(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)");
    private static final byte[] NAME = Keccak256.ofUtf8("SMS");
    private static final byte[] VERSION = Keccak256.ofUtf8("1");

    /** {@code keccak256(0x1901 ‖ domainSeparator ‖ structHash)}. */
    byte[] digest(byte[] structHash) {
        byte[] separator =
                Keccak256.of(TYPE_HASH, NAME, VERSION, word(BigInteger.valueOf(chainId)), word(hub), serviceId.bytes());
        return Keccak256.of(new byte[] {0x19, 0x01}, separator, structHash);
    }

    static byte[] word(Address address) {
        byte[] word = new byte[32];
        System.arraycopy(address.bytes(), 0, word, 12, 20);
        return word;
    }

    static byte[] word(BigInteger value) {
        byte[] signed = value.toByteArray();
        byte[] word = new byte[32];
        System.arraycopy(signed, 0, word, 32 - signed.length, signed.length);
        return word;
    }
}
