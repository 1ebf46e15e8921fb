package io.attested.sms.contracts.testbed;

import java.io.ByteArrayOutputStream;

/**
 * The scheduler's word that a worker may run a task, and the worker's signature over the same hash.
 *
 * @param chainTaskId {@code 0x} and 64 digits
 * @param workerWallet address
 * @param enclaveChallenge address
 * @param signature the scheduler's, 65 bytes: {@code signature.value} of the JSON body
 * @param workerSignature the worker's, 65 bytes: header {@code Authorization} of {@code POST /tee/sessions}
 */
public record WorkerpoolAuthorization(
        String chainTaskId, String workerWallet, String enclaveChallenge, String signature, String workerSignature) {
    /** Signed by the pool's owner and by the worker. */
    public static WorkerpoolAuthorization sign(
            Wallet scheduler, Wallet worker, String chainTaskId, String enclaveChallenge) {
        byte[] hash = hash(worker.address(), chainTaskId, enclaveChallenge);
        return new WorkerpoolAuthorization(
                chainTaskId, worker.address(), enclaveChallenge, scheduler.signMessage(hash), worker.signMessage(hash));
    }

    /** The scheduler's header of {@code POST /tee/challenges/{chainTaskId}}: over keccak256 of the task id. */
    public static String challengeHeader(Wallet scheduler, String chainTaskId) {
        return scheduler.signMessage(Wallet.keccak(Abi.unhex(chainTaskId)));
    }

    /** keccak256(worker ‖ task ‖ enclave), 32 bytes. */
    public static byte[] hash(String workerWallet, String chainTaskId, String enclaveChallenge) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(Abi.unhex(workerWallet));
        message.writeBytes(Abi.unhex(chainTaskId));
        message.writeBytes(Abi.unhex(enclaveChallenge));
        return Wallet.keccak(message.toByteArray());
    }
}
