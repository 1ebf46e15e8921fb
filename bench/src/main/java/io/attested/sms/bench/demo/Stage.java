package io.attested.sms.bench.demo;

import io.attested.sms.attestation.simulated.SimulatedBaseImage;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.release.Answer;
import io.attested.sms.worker.release.HttpReleaseService;
import io.attested.sms.worker.release.ServiceDescription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Everything the story needs, running.
 *
 * <p>Folders: {@code owner} is the data owner's machine and is emptied before the story ends; {@code service} is the
 * operator's; {@code worker} holds what a worker downloads; {@code enclave} stands for private memory.
 */
final class Stage implements AutoCloseable {
    final Path folder;
    private LocalChain chain;
    final Poco poco;
    final Scenario scenario;
    final SimulatedIntel intel;
    final DemoService server;
    final HttpClient http;
    final ServiceKey serviceKey;
    final byte[] mrEnclave;
    final SimulatedBaseImage baseImage;

    private Stage(
            Path folder,
            LocalChain chain,
            Poco poco,
            SimulatedIntel intel,
            DemoService server,
            HttpClient http,
            ServiceKey serviceKey,
            byte[] mrEnclave,
            SimulatedBaseImage baseImage) {
        this.folder = folder;
        this.chain = chain;
        this.poco = poco;
        this.scenario = Scenario.on(chain, poco);
        this.intel = intel;
        this.server = server;
        this.http = http;
        this.serviceKey = serviceKey;
        this.mrEnclave = mrEnclave;
        this.baseImage = baseImage;
    }

    /** Sets the stage, telling the log as each piece stands. */
    static Stage set(
            Path folder, LocalChain chain, Curtain curtain, StepLog log, InstantSource clock, SecureRandom random)
            throws IOException {
        for (String part : new String[] {"owner", "service", "worker", "enclave", "platform"}) {
            Files.createDirectories(folder.resolve(part));
        }
        log.ok("local chain", "anvil, chain " + chain.chainId() + ", " + chain.url());
        Poco poco = PocoDeployment.deploy(chain);
        log.ok("PoCo 6.1 deployed from its npm artifacts", "hub " + poco.hub());
        SimulatedIntel intel = SimulatedIntel.create(clock.instant(), random);
        intel.save(folder.resolve("platform"));
        SimulatedBaseImage baseImage = SimulatedBaseImage.named("demo");
        Path measurements = MeasurementsFile.write(folder.resolve("service/measurements.json"), baseImage);
        DemoService server = DemoService.start(
                curtain,
                folder.resolve("service"),
                chain.url(),
                poco.chainId(),
                poco.hub(),
                folder.resolve("platform/simulated-root.pem"),
                measurements);
        log.ok("SMS started, dev realm, H2 store", server.nativeApi() + " (native API)");
        log.ok("iExec listener for SCONE", server.scone().toString());
        log.ok("iExec listener for TDX", server.tdx().toString());
        HttpClient http = HttpClient.newHttpClient();
        byte[] mrEnclave = new byte[32];
        random.nextBytes(mrEnclave);
        return new Stage(
                folder, chain, poco, intel, server, http, serviceKey(http, server.nativeApi()), mrEnclave, baseImage);
    }

    private static ServiceKey serviceKey(HttpClient http, URI service) throws IOException {
        return switch (new HttpReleaseService(http, service).describe()) {
            case Answer.Given<ServiceDescription> given -> given.value().serviceKey();
            case Answer.Declined<ServiceDescription> declined ->
                throw new IOException("the service does not say what it is: " + declined.detail());
        };
    }

    /** The shared boot stage's code, launched for {@code app} and this service. */
    SimulatedEnclave enclaveOf(DemoApp app) {
        return SimulatedEnclave.of(intel, mrEnclave).withConfigId(app.configId(serviceKey));
    }

    LocalChain chain() {
        return chain;
    }

    /** Stops the node in the middle, as a crash would; what it knew is kept for {@link #restartNode}. */
    String stopNode() {
        String state = chain.state();
        chain.stop();
        return state;
    }

    /** Another node at the same address, with what the stopped one knew. */
    void restartNode(String state) {
        chain = LocalChain.anvil(AnvilOptions.standard().withPort(chain.url().getPort()));
        chain.resumeFrom(state);
    }

    Path owner() {
        return folder.resolve("owner");
    }

    Path worker() {
        return folder.resolve("worker");
    }

    Path enclave() {
        return folder.resolve("enclave");
    }

    @Override
    public void close() {
        server.close();
        chain.close();
        http.close();
    }
}
