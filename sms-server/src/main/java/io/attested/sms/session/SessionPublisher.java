package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.grant.Decision;

/**
 * Where a worker's enclave gets what a grant allows.
 *
 * <p>Guarantee wanted of an adapter: after {@code publish} returns, the enclave of exactly this task can find its session
 * at the address returned. The caller has recorded the grant before.
 */
public interface SessionPublisher {
    /** Word for the log and for metrics. */
    String name();

    /** Publishes a session for the task of {@code grant}, run by {@code worker}. */
    Session publish(Decision.Grant grant, Address worker);

    /**
     * A published session.
     *
     * @param provisioningUrl {@code host:port} the enclave turns to
     */
    record Session(SessionId id, String provisioningUrl) {}
}
