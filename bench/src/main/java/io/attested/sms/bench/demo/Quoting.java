package io.attested.sms.bench.demo;

import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import java.util.function.UnaryOperator;

/**
 * What makes quotes: a simulated enclave or a simulated trust domain.
 *
 * @param quote from 64 bytes of report data to a quote
 * @param collateral what its platform's vendor says of it
 */
record Quoting(UnaryOperator<byte[]> quote, Collateral collateral) {
    static Quoting of(SimulatedEnclave enclave) {
        return new Quoting(enclave::quote, enclave.intel().collateral());
    }

    static Quoting of(SimulatedTrustDomain domain) {
        return new Quoting(domain::quote, domain.intel().tdxCollateral());
    }
}
