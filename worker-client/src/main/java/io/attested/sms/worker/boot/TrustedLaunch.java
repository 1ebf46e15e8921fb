package io.attested.sms.worker.boot;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.LaunchLine;

/** What the enclave's own report allows: the application's copy is in place, and this is the service to believe. */
sealed interface TrustedLaunch {
    ServiceKey serviceKey();

    /** CONFIGID names tree and service. */
    record BoundByConfigId(ServiceKey serviceKey, LaunchLine launchLine) implements TrustedLaunch {}

    /** MRENCLAVE covers tree and service. */
    record CoveredByMeasurement(ServiceKey serviceKey, String entrypoint) implements TrustedLaunch {}
}
