package io.attested.sms.worker.ethereum;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A worker's question for the secrets of one stage of one task, native protocol section 2.
 *
 * <p>Unlike the workerpool's authorisation, which is a bearer token for ever, it has a time, an audience and a chain.
 *
 * @param chainTaskId the task
 * @param stage the stage; the native release knows {@code app} only
 * @param worker the account that signs
 * @param enclaveChallenge the address the service derived for the task
 * @param deadline Unix seconds, at most 5 minutes ahead of the service's clock
 */
public record Ask(
        Bytes32 chainTaskId, String stage, EthereumAddress worker, EthereumAddress enclaveChallenge, long deadline) {
    /** The one stage the native release serves. */
    public static final String APP_STAGE = "app";

    private static final Bytes32 TYPE = Keccak256.ofUtf8(
            "Ask(bytes32 chainTaskId,string stage,address worker,address enclaveChallenge,uint256 deadline)");
    private static final byte[] PREFIX = {0x19, 0x01};

    /** Checks that the deadline is no negative number. */
    public Ask {
        if (deadline < 0) {
            throw new IllegalArgumentException("a deadline is a number of seconds since 1970");
        }
    }

    /** The EIP-712 digest that the worker signs. */
    public Bytes32 digest(AskDomain domain) {
        Bytes32 struct = Keccak256.of(
                TYPE.bytes(),
                chainTaskId.bytes(),
                Keccak256.of(stage.getBytes(StandardCharsets.UTF_8)).bytes(),
                worker.word(),
                enclaveChallenge.word(),
                Secp256k1.scalar(BigInteger.valueOf(deadline)));
        return Keccak256.of(PREFIX, domain.separator().bytes(), struct.bytes());
    }
}
