package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.grant.Decision;
import java.security.SecureRandom;

/**
 * The native release as a publisher: it publishes nothing and names this service as the place to ask.
 *
 * <p>A session carries no secret and no permission; the enclave has to present evidence, and the grant is decided anew.
 */
public final class NativePublisher implements SessionPublisher {
    private final String provisioningUrl;
    private final SecureRandom random;

    /** @param provisioningUrl {@code host:port} of this service's native API as workers reach it */
    public NativePublisher(String provisioningUrl, SecureRandom random) {
        this.provisioningUrl = provisioningUrl;
        this.random = random;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public Session publish(Decision.Grant grant, Address worker) {
        return new Session(SessionId.fresh(grant.facts().task().id(), random), provisioningUrl);
    }
}
