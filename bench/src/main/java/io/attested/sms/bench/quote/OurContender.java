package io.attested.sms.bench.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Readings;
import io.attested.sms.attestation.RememberedReadings;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.pki.P256;
import io.attested.sms.attestation.pki.RememberedSignatures;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.QuoteParsing;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Our verifier with one provider of P-256, knowing more or less beforehand.
 *
 * @param name for the report
 * @param verifier the verifier
 * @param evidence what it verifies
 */
record OurContender(String name, QuoteVerifier verifier, Evidence evidence) implements Contender {
    private static final int SIGNATURES = 1000;
    private static final long READINGS = 1 << 20;

    /** Everything is read and checked each time. */
    static OurContender knowingNothing(P256 p256, Evidence evidence) {
        return new OurContender("nothing known", new QuoteVerifier(evidence.root(), p256, Readings.afresh()), evidence);
    }

    /**
     * Collateral, its signers and the PCK CA were seen before; the platform's own signatures are checked each time: PCK
     * certificate, quoting enclave's report, quote.
     */
    static OurContender knowingCollateral(P256 p256, Evidence evidence) {
        Quote quote = parsed(evidence);
        byte[] leaf = LeafRecorder.leafTbs(evidence, p256).toByteArray();
        byte[] qeReport = quote.signature().qeReport().raw().toByteArray();
        byte[] signed = quote.signedBytes().toByteArray();
        return remembering(
                "collateral and intermediate known",
                p256,
                message -> message.hasContentOf(signed) || message.hasContentOf(qeReport) || message.hasContentOf(leaf),
                evidence);
    }

    /** The platform's quoting enclave was seen before too; only the quote's signature is new. */
    static OurContender knowingQuotingEnclave(P256 p256, Evidence evidence) {
        byte[] signed = parsed(evidence).signedBytes().toByteArray();
        return remembering("quoting enclave known", p256, message -> message.hasContentOf(signed), evidence);
    }

    private static OurContender remembering(String name, P256 p256, Predicate<ByteString> asNew, Evidence evidence) {
        P256 remembered = new ExceptNew(new RememberedSignatures(p256, SIGNATURES), p256, asNew);
        return new OurContender(
                name, new QuoteVerifier(evidence.root(), remembered, new RememberedReadings(READINGS)), evidence);
    }

    private static Quote parsed(Evidence evidence) {
        return switch (Quote.parse(evidence.quote().toByteArray())) {
            case QuoteParsing.Parsed(Quote quote) -> quote;
            case QuoteParsing.Malformed(var rejection) -> throw new IllegalArgumentException(rejection.toString());
        };
    }

    /** One verification. */
    Verdict verdict() {
        return verifier.verify(evidence.quote().toByteArray(), evidence.collateral(), evidence.at());
    }

    @Override
    public Round round(int verifications) {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        for (int i = 0; i < verifications; i++) {
            if (verdict() instanceof Verdict.Rejected rejected) {
                throw new TestbedFailure("the quote to measure with is refused: " + rejected);
            }
        }
        return new Round(verifications, System.nanoTime() - start, cpuNanos() - cpu);
    }

    /**
     * CPU time of this thread, with the garbage collector's, which works alone while this thread stands. The process's own
     * counter would go in steps of 10 ms.
     */
    private static long cpuNanos() {
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + collecting * 1_000_000;
    }

    /** Computes what the measurement takes for new, remembers the rest. */
    private record ExceptNew(P256 remembered, P256 p256, Predicate<ByteString> asNew) implements P256 {
        @Override
        public boolean verifies(ByteString key, ByteString message, ByteString signature) {
            return (asNew.test(message) ? p256 : remembered).verifies(key, message, signature);
        }

        @Override
        public String provider() {
            return p256.provider();
        }
    }

    /** Finds the signed part of the PCK certificate: the second check of a verification, after the PCK CA's. */
    private static final class LeafRecorder implements P256 {
        private final P256 p256;
        private final List<ByteString> messages = new ArrayList<>();

        private LeafRecorder(P256 p256) {
            this.p256 = p256;
        }

        static ByteString leafTbs(Evidence evidence, P256 p256) {
            LeafRecorder recorder = new LeafRecorder(p256);
            new QuoteVerifier(evidence.root(), recorder)
                    .verify(evidence.quote().toByteArray(), evidence.collateral(), evidence.at());
            return recorder.messages.get(1);
        }

        @Override
        public boolean verifies(ByteString key, ByteString message, ByteString signature) {
            messages.add(message);
            return p256.verifies(key, message, signature);
        }

        @Override
        public String provider() {
            return p256.provider();
        }
    }
}
