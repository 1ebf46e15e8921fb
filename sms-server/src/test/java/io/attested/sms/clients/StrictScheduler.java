package io.attested.sms.clients;

import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What iexec-core 9.3 asks of an SMS, contract section 5.3, as the owner of a workerpool; whatever fails before a task is
 * initialised fails the task.
 */
final class StrictScheduler {
    /** The secret in which a workerpool's owner tells its result proxy. */
    static final String PROXY_URL = "iexec-result-iexec-result-proxy-url";

    private final StrictSms sms;
    private final Wallet owner;
    private final List<String> log = new ArrayList<>();

    /** @param server the URL it is configured with for the task's framework */
    StrictScheduler(URI server, Wallet owner) {
        this.sms = new StrictSms(server);
        this.owner = owner;
    }

    /** What became of a task. */
    sealed interface Initialization {
        /** @param enclaveChallenge stands in every authorisation of the task */
        record Ready(String chainTaskId, String enclaveChallenge) implements Initialization {}

        /** The task's status {@code INITIALIZE_FAILED}. */
        record InitializeFailed() implements Initialization {}
    }

    /**
     * Asks the SMS for its framework, initialises the task on chain, and gets its challenge.
     *
     * @param onChain initialises the task and gives its id; not called when the SMS is of another framework
     */
    Initialization initialize(StrictSms.Framework framework, Supplier<String> onChain) {
        if (!isOf(framework)) {
            return new Initialization.InitializeFailed();
        }
        String task = onChain.get();
        StrictHttp.Answer challenge =
                sms.post("/tee/challenges/" + task, WorkerpoolAuthorization.challengeHeader(owner, task));
        if (!challenge.isSuccess() || challenge.body().isEmpty()) {
            log.add("no challenge of " + task + ": " + challenge.status());
            return new Initialization.InitializeFailed();
        }
        return new Initialization.Ready(task, challenge.body());
    }

    /** Tells the SMS its result proxy, once more for each task; a failure is only logged. */
    void publishProxyUrl(StrictSms.Framework framework, String url) {
        if (!isOf(framework)) {
            return;
        }
        try {
            sms.store(owner, PROXY_URL, url);
        } catch (StrictHttp.ClientFailure failure) {
            log.add(failure.getMessage());
        }
    }

    /** The authorisation it hands to a worker of its pool. */
    WorkerpoolAuthorization authorize(Wallet worker, Initialization.Ready task) {
        return WorkerpoolAuthorization.sign(owner, worker, task.chainTaskId(), task.enclaveChallenge());
    }

    /** What it logged. */
    List<String> log() {
        return List.copyOf(log);
    }

    private boolean isOf(StrictSms.Framework framework) {
        try {
            StrictSms.Framework answered = sms.framework();
            if (answered != framework) {
                log.add("the SMS is for " + answered + " and not for " + framework);
            }
            return answered == framework;
        } catch (StrictHttp.ClientFailure failure) {
            log.add(failure.getMessage());
            return false;
        }
    }
}
