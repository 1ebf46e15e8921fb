package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Refusal;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The native release as a publisher: it publishes nothing and names this service as the place to ask.
 *
 * <p>A session carries no secret and no permission; the enclave has to present evidence, and the grant is decided anew.
 */
public final class NativePublisher implements SessionPublisher {
    private final String provisioningUrl;
    private final DecisionRecorder recorder;
    private final SecureRandom random;

    /** @param provisioningUrl {@code host:port} of this service's native API as workers reach it */
    public NativePublisher(String provisioningUrl, DecisionRecorder recorder, SecureRandom random) {
        this.provisioningUrl = provisioningUrl;
        this.recorder = recorder;
        this.random = random;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public Optional<Refusal> obstacle(TaskFacts facts) {
        return Optional.empty();
    }

    @Override
    public Publication publish(Decision.Grant grant, Address worker, boolean enclaveChallengeDiffers) {
        recorder.session(grant, worker, name(), enclaveChallengeDiffers);
        return new Published(new Session(SessionId.fresh(grant.facts().task().id(), random), provisioningUrl));
    }
}
