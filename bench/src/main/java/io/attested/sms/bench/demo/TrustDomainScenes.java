package io.attested.sms.bench.demo;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.simulated.SimulatedBaseImage;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import java.io.IOException;
import java.util.List;

/** The TDX deal of SDK 9: granted to the right trust domain, refused to every other, step by step without a boot stage. */
final class TrustDomainScenes {
    private final Stage stage;
    private final StepLog log;
    private final DemoApp app;
    private final DemoTask task;

    TrustDomainScenes(Stage stage, StepLog log, DemoApp app, DemoTask task) {
        this.stage = stage;
        this.log = log;
        this.app = app;
        this.task = task;
    }

    /** The trust domain that the deal is for: started from the listed image, launched for its app and this service. */
    SimulatedTrustDomain right() {
        return base().launched(app.checksum(), stage.serviceKey.bytes());
    }

    private SimulatedTrustDomain base() {
        return SimulatedTrustDomain.of(stage.intel, stage.baseImage);
    }

    /** The boot stage in a fresh trust domain of the listed image. */
    Attempt run() {
        return EnclaveRun.of(stage, app, task).run(base());
    }

    /** Every refusal beside its twin. */
    void play(DemoTask ofScone, DemoTask ofZeroChecksum) throws IOException {
        log.scene("A trust domain (TDX) that is refused, each beside a twin that is granted");
        events();
        refusal(
                "application checksum is zero",
                "chain.no-enclave-registered",
                redeem(
                        base().withEvents(List.of(LaunchEvent.app(new byte[32]), launch(), LaunchEvent.ready())),
                        ofZeroChecksum),
                "the checksum of an image");
        refusal(
                "trust domain of another base image",
                "evidence.wrong-code",
                redeem(right().withImage(SimulatedBaseImage.named("unlisted")), task),
                "the listed base image");
        refusal(
                "trust domain of another application",
                "evidence.wrong-launch",
                redeem(base().launched(filled(0x77), stage.serviceKey.bytes()), task),
                "of the registered application");
        refusal(
                "trust domain launched for another SMS",
                "evidence.wrong-launch",
                redeem(base().launched(app.checksum(), filled(0x55)), task),
                "launched for this SMS");
        refusal("debug trust domain", "evidence.debug-enclave", redeem(right().withDebug(), task), "release domain");
        refusal(
                "TDX evidence for a SCONE deal",
                "evidence.wrong-tee",
                redeem(right(), ofScone),
                "TDX evidence for a TDX deal");
    }

    private void events() throws IOException {
        LaunchEvent first = LaunchEvent.app(app.checksum());
        LaunchEvent ready = LaunchEvent.ready();
        String exact = "exactly the three events";
        wrongLaunch("an extra event", List.of(first, launch(), new LaunchEvent("debug-shell", none()), ready), exact);
        wrongLaunch("events in another order", List.of(launch(), first, ready), exact);
        wrongLaunch("an event is missing", List.of(first, ready), exact);
        byte[] moved = new byte[33];
        moved[0] = 'p';
        System.arraycopy(app.checksum(), 0, moved, 1, 32);
        wrongLaunch(
                "ambiguous event: a byte moved from type to payload",
                List.of(new LaunchEvent("sms-ap", ByteString.copyOf(moved)), launch(), ready),
                exact);
        wrongLaunch(
                "an event after sms-ready",
                List.of(first, launch(), ready, new LaunchEvent("debug-shell", none())),
                "nothing after sms-ready");
        wrongLaunch(
                "asked after sms-started",
                List.of(first, launch(), ready, LaunchEvent.started()),
                "asked before sms-started");
    }

    private void wrongLaunch(String step, List<LaunchEvent> events, String difference) throws IOException {
        refusal(step, "evidence.wrong-launch", redeem(base().withEvents(events), task), difference);
    }

    private void refusal(String step, String code, Attempt wrong, String difference) throws IOException {
        log.expectRefused(step, code, wrong);
        log.expectGranted(Story.twin(difference), redeem(right(), task));
    }

    private Attempt redeem(SimulatedTrustDomain domain, DemoTask asked) throws IOException {
        try (RawEnclave enclave = new RawEnclave(stage, Quoting.of(domain), asked)) {
            return enclave.redeem(enclave.evidence());
        }
    }

    private LaunchEvent launch() {
        return LaunchEvent.launch(stage.serviceKey.bytes());
    }

    private static ByteString none() {
        return ByteString.copyOf(new byte[0]);
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
