package io.attested.sms.contracts.testbed;

/**
 * The worker's typed intent of the native protocol section 2, computed apart from the code under test.
 *
 * @param chainTaskId {@code 0x} and 64 digits
 * @param stage {@code app}
 * @param worker address
 * @param enclaveChallenge address
 * @param deadline Unix seconds
 */
public record Ask(String chainTaskId, String stage, String worker, String enclaveChallenge, long deadline) {
    private static final String DOMAIN =
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)";
    private static final String TYPE =
            "Ask(bytes32 chainTaskId,string stage,address worker,address enclaveChallenge,uint256 deadline)";

    /**
     * The 32 bytes the worker signs.
     *
     * @param serviceId SHA-256 of the service key, 32 bytes
     */
    public byte[] digest(long chainId, String hub, byte[] serviceId) {
        byte[] domain = TypedData.of(DOMAIN)
                .text("SMS")
                .text("1")
                .number(chainId)
                .address(hub)
                .word(serviceId)
                .hash();
        return TypedData.of(TYPE)
                .word(Abi.unhex(chainTaskId))
                .text(stage)
                .address(worker)
                .address(enclaveChallenge)
                .number(deadline)
                .digest(domain);
    }
}
