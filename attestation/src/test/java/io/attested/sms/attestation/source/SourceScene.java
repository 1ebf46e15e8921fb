package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.pki.PckAuthority;
import io.attested.sms.attestation.simulated.PccsStandIn;
import io.attested.sms.attestation.simulated.SimulatedCertificate;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulated Intel, its PCCS stand-in and a clock that a test moves. Everything is right until a test says otherwise. */
final class SourceScene implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final CollateralKey KEY =
            new CollateralKey(Tee.SGX, ByteString.ofHex(SimulatedIntel.FMSPC_HEX), PckAuthority.PLATFORM);
    static final int BOUND = 3;

    final SimulatedIntel intel = SimulatedIntel.ofSeed(NOW, filled(32, 9));
    final PccsStandIn pccs = PccsStandIn.start();
    final Clock clock = new Clock(NOW);
    final CollateralChecks checks = CollateralChecks.under(intel.trustRoot());
    final QuoteVerifier verifier = new QuoteVerifier(intel.trustRoot());
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    Duration grace = Duration.ZERO;
    Duration timeout = Duration.ofSeconds(30);
    Duration patience = Duration.ofSeconds(60);
    int mostWaiting = 128;

    SourceScene() {
        publish(intel.collateral());
    }

    void publish(Collateral collateral) {
        pccs.publish("sgx", SimulatedIntel.FMSPC_HEX, "platform", collateral);
    }

    /** The same PKI, publishing later: same keys, later dates. */
    Collateral laterCollateral(Duration later) {
        Instant issued = NOW.plus(later);
        Instant next = issued.plus(Duration.ofDays(30));
        String dates = "\"issueDate\":\"" + issued + "\",\"nextUpdate\":\"" + next + "\"";
        return intel.collateralDraft()
                .tcbInfo(json -> json.replaceFirst("\"issueDate\":\"[^,]*,\"nextUpdate\":\"[^\"]*\"", dates))
                .qeIdentity(json -> json.replaceFirst("\"issueDate\":\"[^,]*,\"nextUpdate\":\"[^\"]*\"", dates))
                .rootCrl(list -> list.valid(issued, next))
                .pckCrl(list -> list.valid(issued, next))
                .sign();
    }

    Collateral collateralOf(String fmspc) {
        return intel.collateralDraft()
                .tcbInfo(json -> json.replace(SimulatedIntel.FMSPC_HEX.toUpperCase(Locale.ROOT), fmspc))
                .sign();
    }

    CachedCollateral cache() {
        return cache(Optional.empty());
    }

    CachedCollateral cache(Optional<Path> folder) {
        return cache(folder, Optional.of(client()));
    }

    CachedCollateral cache(Optional<Path> folder, Optional<CollateralPublisher> publisher) {
        try {
            return CachedCollateral.open(
                    new CachedCollateral.Surroundings(
                            checks,
                            publisher,
                            folder.map(SourceScene::open),
                            clock,
                            task -> Thread.ofVirtual().start(task),
                            new Recorded(events)),
                    new CachedCollateral.Terms(grace, patience, Duration.ofSeconds(30), BOUND, mostWaiting));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PcsClient client() {
        return PcsClient.pccs(new PatientWeb(JdkWeb.open(), timeout, clock, new Random(1), pauses::add), pccs.base());
    }

    private static CollateralFolder open(Path path) {
        try {
            return CollateralFolder.open(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] quote() {
        return SimulatedEnclave.of(intel, new byte[32]).quote(new byte[64]);
    }

    /** A quote whose platform has this FMSPC, certified by the CA or forged. */
    byte[] quoteOf(byte[] fmspc, boolean genuine) {
        SimulatedCertificate authority = intel.platformAuthority();
        SimulatedCertificate pck = genuine
                ? authority.issue(intel.pckTermsOf(fmspc, true))
                : authority.issueForged(intel.pckTermsOf(fmspc, true), intel.key("stranger"));
        return SimulatedEnclave.of(intel, new byte[32])
                .draft(new byte[64], pck, authority.pem() + intel.rootPem())
                .sign();
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Override
    public void close() {
        pccs.close();
    }

    /** Stands still until it is moved. */
    static final class Clock implements InstantSource {
        private volatile Instant now;

        Clock(Instant now) {
            this.now = now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private record Recorded(List<String> events) implements CollateralEvents {
        @Override
        public void fetched(CollateralKey key) {
            events.add("fetched");
        }

        @Override
        public void nothingNewer(CollateralKey key) {
            events.add("nothing newer");
        }

        @Override
        public void failed(CollateralKey key, CollateralAnswer.Reason reason, String detail) {
            events.add("failed " + reason);
        }

        @Override
        public void refusedByBound(CollateralKey key) {
            events.add("bound");
        }

        @Override
        public void ignored(String file, String why) {
            events.add("ignored " + file + " " + why);
        }

        @Override
        public void notKept(CollateralKey key, String why) {
            events.add("not kept " + why);
        }
    }
}
