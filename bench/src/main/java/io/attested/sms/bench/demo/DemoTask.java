package io.attested.sms.bench.demo;

import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.release.Authorization;
import java.nio.charset.StandardCharsets;

/**
 * A task a worker was chosen for.
 *
 * @param id of the task on chain
 * @param data the dataset it works on
 * @param enclaveChallenge what the service answered to the scheduler
 */
record DemoTask(String id, DemoDataset data, String enclaveChallenge) {

    /** The pool's authorisation for the worker, as it travels to the enclave. */
    Authorization authorization() {
        return authorizedBy(Wallet.WORKERPOOL_OWNER);
    }

    /** The same, signed by whoever. */
    Authorization authorizedBy(Wallet signer) {
        WorkerpoolAuthorization signed = signed(signer);
        try {
            return Authorization.parse(json(signed).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the demo wrote an authorisation that cannot be read", e);
        }
    }

    WorkerpoolAuthorization signed(Wallet signer) {
        return WorkerpoolAuthorization.sign(signer, Wallet.WORKER, id, enclaveChallenge);
    }

    static String json(WorkerpoolAuthorization signed) {
        return "{\"chainTaskId\":\"" + signed.chainTaskId() + "\",\"workerWallet\":\"" + signed.workerWallet()
                + "\",\"enclaveChallenge\":\"" + signed.enclaveChallenge() + "\",\"signature\":{\"value\":\""
                + signed.signature() + "\"}}";
    }
}
