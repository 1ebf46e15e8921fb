package io.attested.sms.worker.boot;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.LaunchLine;

/** What the enclave's own report allows: the application's copy is in place, and this is the service to believe. */
sealed interface TrustedLaunch {
    ServiceKey serviceKey();

    /** CONFIGID names tree and service. */
    record BoundByConfigId(ServiceKey serviceKey, LaunchLine launchLine) implements TrustedLaunch {}

    /** RTMR3 names tree and service. */
    record BoundByRegister(DomainLaunch domain, LaunchLine launchLine) implements TrustedLaunch {
        @Override
        public ServiceKey serviceKey() {
            return domain.serviceKey();
        }
    }

    /** MRENCLAVE covers tree and service. */
    record CoveredByMeasurement(ServiceKey serviceKey, String entrypoint) implements TrustedLaunch {}
}
