package io.attested.sms.worker.ethereum;

import java.math.BigInteger;

/**
 * The EIP-712 domain of an {@link Ask}: name {@code SMS}, version {@code 1}, chain, hub and service.
 *
 * @param chainId chain id of EIP-155
 * @param hub the PoCo hub, in the member {@code verifyingContract}
 * @param serviceId SHA-256 of the service key, in the member {@code salt}
 */
public record AskDomain(long chainId, EthereumAddress hub, Bytes32 serviceId) {
    private static final Bytes32 TYPE = Keccak256.ofUtf8(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)");

    /** Checks that the chain id is positive. */
    public AskDomain {
        if (chainId <= 0) {
            throw new IllegalArgumentException("a chain id is positive");
        }
    }

    Bytes32 separator() {
        return Keccak256.of(
                TYPE.bytes(),
                Keccak256.ofUtf8("SMS").bytes(),
                Keccak256.ofUtf8("1").bytes(),
                Secp256k1.scalar(BigInteger.valueOf(chainId)),
                hub.word(),
                serviceId.bytes());
    }
}
