package io.attested.sms.worker.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.seal.EnvelopeSealer;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Ask;
import io.attested.sms.worker.ethereum.AskDomain;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.EthereumSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service that speaks the native release as written and believes every quote whose report data fits. Each field is a way
 * to make it misbehave.
 */
public final class FakeSms implements AutoCloseable {
    static final long CHAIN_ID = 65_535;
    static final EthereumAddress HUB = new EthereumAddress("0x3eca1b216a7df1c7689aeb259ffb83adfb894e7f");
    private static final JsonMapper JSON = new JsonMapper();

    final Map<String, Object> content = new LinkedHashMap<>();
    final List<String> requests = new ArrayList<>();
    final List<EthereumAddress> askSigners = new ArrayList<>();
    UnaryOperator<byte[]> changeCiphertext = bytes -> bytes;
    SecretBytes signingSeed;
    ServiceKey describedKey;
    ServiceKey challengedKey;

    @Nullable
    Integer problemStatus;

    String problem = "";

    private final HttpServer server;

    public FakeSms(String seedOctet) throws IOException {
        signingSeed = SecretBytes.owning(java.util.HexFormat.of().parseHex(seedOctet.repeat(32)));
        describedKey = new ServiceKey(Bytes32.of(ServiceSignature.publicKey(signingSeed)));
        challengedKey = describedKey;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/service", exchange -> answer(exchange, this::describe));
        server.createContext("/v1/challenges", exchange -> answer(exchange, this::challenge));
        server.createContext("/v1/grants", exchange -> answer(exchange, this::grant));
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public ServiceKey key() {
        return new ServiceKey(Bytes32.of(ServiceSignature.publicKey(signingSeed)));
    }

    /** Puts other arguments into the envelope. */
    public void argumentsOfTheDeal(String arguments) {
        content.put("arguments", arguments);
    }

    private byte[] describe(JsonNode nothing) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("serviceKey", describedKey.toString());
        members.put("serviceId", describedKey.serviceId().hex());
        members.put("chainId", CHAIN_ID);
        members.put("hub", HUB.hex());
        members.put("realm", "dev");
        members.put("kem", "X25519-HKDF-SHA256");
        members.put("trustRoot", "simulated");
        members.put("measurementsDigest", "0x" + "00".repeat(32));
        return JSON.writeValueAsBytes(members);
    }

    private byte[] challenge(JsonNode request) {
        JsonNode ask = request.get("ask");
        Ask asked = new Ask(
                new Bytes32(ask.get("chainTaskId").stringValue()),
                ask.get("stage").stringValue(),
                new EthereumAddress(ask.get("worker").stringValue()),
                new EthereumAddress(ask.get("enclaveChallenge").stringValue()),
                ask.get("deadline").longValue());
        AskDomain domain = new AskDomain(CHAIN_ID, HUB, describedKey.serviceId());
        new EthereumSignature(request.get("askSignature").stringValue())
                .signerOf(asked.digest(domain))
                .ifPresent(askSigners::add);
        return JSON.writeValueAsBytes(Map.of(
                "challenge",
                "dG9rZW4",
                "nonce",
                "0x" + "5a".repeat(32),
                "expiresAt",
                "2026-11-20T10:00:00Z",
                "serviceKey",
                challengedKey.toString()));
    }

    private byte[] grant(JsonNode request) {
        byte[] quote = bytes(request, "quote");
        byte[] runtimeData = bytes(request, "runtimeData");
        byte[] reportData = ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData);
        if (!Arrays.equals(reportData, reportData(quote))) {
            throw new IllegalStateException("the quote does not carry the runtime data");
        }
        JsonNode bound = JSON.readTree(runtimeData);
        byte[] recipient = bytes(bound, "encryptionKey");
        SealedBytes sealed = seal(recipient, reportData);
        SealedBytes sent = new SealedBytes(
                sealed.enc(), changeCiphertext.apply(sealed.ciphertext().clone()));
        byte[] signature = ServiceSignature.signEnvelope(signingSeed, quote, sealed);
        return JSON.writeValueAsBytes(Map.of(
                "enc", base64(sent.enc()),
                "ciphertext", base64(sent.ciphertext()),
                "signature", base64(signature),
                "log", Map.of("sequence", 7, "head", "0x" + "00".repeat(32), "signature", base64(new byte[64]))));
    }

    /** At the end of a {@link FakeEnclave}'s quote, at byte 368 of an SGX quote. */
    private static byte[] reportData(byte[] quote) {
        boolean fake = Arrays.equals(FakeEnclave.LABEL, Arrays.copyOf(quote, FakeEnclave.LABEL.length));
        int offset = fake ? quote.length - 64 : 368;
        return Arrays.copyOfRange(quote, offset, offset + 64);
    }

    private SealedBytes seal(byte[] recipient, byte[] reportData) {
        try {
            return new HpkeX25519()
                    .seal(
                            recipient,
                            "sms-envelope/1".getBytes(StandardCharsets.US_ASCII),
                            reportData,
                            SecretBytes.owning(JSON.writeValueAsBytes(content)));
        } catch (EnvelopeSealer.InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange, java.util.function.Function<JsonNode, byte[]> handler) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (problemStatus != null && !exchange.getRequestURI().getPath().equals("/v1/service")) {
                send(exchange, problemStatus, problem.getBytes(StandardCharsets.UTF_8));
            } else {
                send(exchange, 200, handler.apply(JSON.readTree(body.length == 0 ? new byte[] {'{', '}'} : body)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] bytes(JsonNode object, String member) {
        return Base64.getDecoder().decode(object.get(member).stringValue());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
