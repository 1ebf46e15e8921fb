package io.attested.sms.bench.quote;

import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.NativeP256;
import io.attested.sms.attestation.pki.P256;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same verifications under JMH, for who changes the verifier: {@code ./sms bench jmh QuoteVerification}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QuoteVerification {
    /** Who computes. */
    @Param({"native", "portable"})
    public String provider = "native";

    private final Evidence evidence = Evidence.simulated();
    private OurContender nothing = OurContender.knowingNothing(new BouncyCastleP256(), evidence);
    private OurContender collateral = nothing;
    private OurContender enclave = nothing;

    /** Makes the verifiers of the provider that this fork measures. */
    @Setup
    public void verifiers() {
        P256 p256 = provider.equals("native") ? NativeP256.orPortable() : new BouncyCastleP256();
        nothing = OurContender.knowingNothing(p256, evidence);
        collateral = OurContender.knowingCollateral(p256, evidence);
        enclave = OurContender.knowingQuotingEnclave(p256, evidence);
    }

    @Benchmark
    public Verdict nothingKnown() {
        return nothing.verdict();
    }

    @Benchmark
    public Verdict collateralAndIntermediateKnown() {
        return collateral.verdict();
    }

    @Benchmark
    public Verdict quotingEnclaveKnown() {
        return enclave.verdict();
    }
}
