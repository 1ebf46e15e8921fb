package io.attested.sms.bench.sessions;

import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.TestbedFailure;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import io.attested.sms.standin.CasStandIn;
import io.attested.sms.standin.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the measurements share: a chain with SCONE tasks on a dataset, a signed request for each, a CAS, and the settings of
 * a service between them.
 */
final class Stage implements AutoCloseable {
    private static final String VERSION = "v5.9";
    private static final String TOKEN_NAME = "iexec-result-iexec-ipfs-token";

    private final Path folder;
    private final LocalChain chain;
    private final Poco poco;
    private final String dataset;
    private final List<SessionAsk> asks;
    private final CasStandIn cas;

    private Stage(Path folder, LocalChain chain, Poco poco, String dataset, List<SessionAsk> asks, CasStandIn cas) {
        this.folder = folder;
        this.chain = chain;
        this.poco = poco;
        this.dataset = dataset;
        this.asks = asks;
        this.cas = cas;
    }

    /** @param tasks how many are live, each with one request */
    static Stage set(Path folder, int tasks) {
        LocalChain chain = LocalChain.anvil();
        try {
            Poco poco = PocoDeployment.deploy(chain);
            Scenario story = Scenario.on(chain, poco);
            String app = story.createApp("{\"framework\":\"SCONE\",\"version\":\"" + VERSION
                    + "\",\"entrypoint\":\"node /app/app.js\",\"heapSize\":1073741824,\"fingerprint\":\""
                    + "a9".repeat(32) + "\"}");
            String dataset = story.createDataset("https://data.example/encrypted", new byte[32]);
            DealTerms terms = story.terms(app).withDataset(dataset).withTasks(tasks);
            MatchedDeal deal = story.match(terms);
            List<SessionAsk> asks = story.initializeAll(deal).parallelStream()
                    .map(task -> SessionAsk.of(WorkerpoolAuthorization.sign(
                            Wallet.WORKERPOOL_OWNER, Wallet.WORKER, task, "0x" + "5c".repeat(20))))
                    .toList();
            return new Stage(folder, chain, poco, dataset, asks, CasStandIn.start());
        } catch (RuntimeException failure) {
            chain.close();
            throw failure;
        }
    }

    List<SessionAsk> asks() {
        return asks;
    }

    URI node() {
        return chain.url();
    }

    CasStandIn cas() {
        return cas;
    }

    /** A service with a fresh store, on this way to the node, that holds the secrets of the deal. */
    Service service(Publisher publisher, URI node) throws IOException {
        Path own = Files.createTempDirectory(folder, publisher.word());
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sms.realm", "dev");
        settings.put("sms.chain.nodes[0].url", node.toString());
        settings.put("sms.chain.nodes[0].heads", "ws" + node.toString().substring("http".length()));
        settings.put("sms.chain.poll", "100ms");
        settings.put("sms.chain.id", Long.toString(chain.chainId()));
        settings.put("sms.chain.hub", poco.hub());
        settings.put("sms.chain.depth", "0");
        switch (publisher) {
            case NATIVE -> settings.put("sms.tee.pipelines[0].version", VERSION);
            case SCONE -> putCas(settings, own);
        }
        Service service = Service.start(own, settings);
        try {
            push(service);
            return service;
        } catch (IOException | RuntimeException failure) {
            service.close();
            throw failure;
        }
    }

    private void putCas(Map<String, String> settings, Path own) throws IOException {
        String image = "\"fingerprint\":\"" + "1a".repeat(32)
                + "\",\"entrypoint\":\"java -jar /app/app.jar\",\"heapSizeInBytes\":6442450944}";
        Path measurements = Files.writeString(
                own.resolve("measurements.json"),
                "{\"format\":\"sms-measurements/1\",\"tdxBaseImages\":[],\"pipelines\":[{\"framework\":\"SCONE\","
                        + "\"version\":\"" + VERSION + "\",\"preCompute\":{\"image\":\"registry.test/pre:1\"," + image
                        + ",\"postCompute\":{\"image\":\"registry.test/post:1\"," + image
                        + ",\"lasImage\":\"registry.test/las:1\"}]}");
        Path password = TlsIdentity.writePassword(own.resolve("client.password"), "of the bench");
        settings.put("sms.measurements.file", measurements.toString());
        settings.put("sms.sessions.scone.publisher", "scone");
        settings.put("sms.sessions.scone.url", cas.url().toString());
        settings.put("sms.sessions.scone.enclave-address", "cas.example:18765");
        settings.put(
                "sms.sessions.scone.server-certificate",
                cas.identity().writeCertificate(own.resolve("cas.pem")).toString());
        settings.put(
                "sms.sessions.scone.client-key-store",
                TlsIdentity.named("sms")
                        .writeKeyStore(own.resolve("client.p12"), "of the bench")
                        .toString());
        settings.put("sms.sessions.scone.client-key-store-password-file", password.toString());
        settings.put("sms.sessions.scone.attestation-mode", "hardware");
    }

    /** The dataset's key and the requester's storage token, which every session of the deal needs. */
    private void push(Service service) throws IOException {
        try (Connection connection = Connection.to(service.sconePort())) {
            post(
                    connection,
                    "/secrets/web3?secretAddress=" + dataset,
                    Wallet.DATASET_OWNER.signMessage(challenge(dataset, "key of the dataset")),
                    "key of the dataset");
            String owner = Wallet.REQUESTER.address();
            post(
                    connection,
                    "/secrets/web2?ownerAddress=" + owner + "&secretName=" + TOKEN_NAME,
                    Wallet.REQUESTER.signMessage(challenge(owner, TOKEN_NAME, "token")),
                    "token");
        }
    }

    private static void post(Connection connection, String target, String signature, String value) throws IOException {
        String request = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                + "Authorization: " + signature + "\r\nContent-Length: " + value.length() + "\r\n\r\n" + value;
        Connection.Answer answer = connection.send(request.getBytes(StandardCharsets.US_ASCII));
        if (answer.status() != 204) {
            throw new TestbedFailure("the service did not take a secret: " + answer.status() + " " + answer.body());
        }
    }

    /** iExec contract 2.1: keccak256(domain ‖ address ‖ the hash of each text). */
    private static byte[] challenge(String address, String... texts) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(Wallet.keccak("IEXEC_SMS_DOMAIN".getBytes(StandardCharsets.UTF_8)));
        message.writeBytes(HexFormat.of().parseHex(address.substring(2)));
        for (String text : texts) {
            message.writeBytes(Wallet.keccak(text.getBytes(StandardCharsets.UTF_8)));
        }
        return Wallet.keccak(message.toByteArray());
    }

    @Override
    public void close() {
        cas.close();
        chain.close();
    }
}
