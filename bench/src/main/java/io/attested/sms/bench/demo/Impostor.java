package io.attested.sms.bench.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attested.sms.attestation.binding.ReportBinding;
import io.attested.sms.attestation.seal.EnvelopeSealer;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host between enclave and service: it passes questions on, and answers the last one with an envelope of its own,
 * properly sealed to the enclave's key and signed by a key of its own.
 */
final class Impostor implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI real;
    private final SecretBytes seed = ServiceSignature.newSeed(new SecureRandom());

    Impostor(URI real) throws IOException {
        this.real = real;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::passOn);
        server.createContext("/v1/grants", this::answerItself);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void passOn(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(real.resolve(exchange.getRequestURI()))
                .header("Content-Type", "application/json")
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            send(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerItself(HttpExchange exchange) throws IOException {
        JsonNode asked = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        byte[] runtimeData =
                Base64.getDecoder().decode(asked.path("runtimeData").asString());
        byte[] quote = Base64.getDecoder().decode(asked.path("quote").asString());
        JsonNode said = JsonMapper.shared().readTree(runtimeData);
        try (SecretBytes own = SecretBytes.ofUtf8(document(said))) {
            SealedBytes envelope = new HpkeX25519()
                    .seal(
                            Base64.getDecoder()
                                    .decode(said.path("encryptionKey").asString()),
                            "sms-envelope/1".getBytes(StandardCharsets.US_ASCII),
                            ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, runtimeData),
                            own);
            send(exchange, 200, answer(envelope, ServiceSignature.signEnvelope(seed, quote, envelope)));
        } catch (EnvelopeSealer.InvalidKeyException e) {
            send(exchange, 500, new byte[0]);
        }
    }

    private static String document(JsonNode said) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("chainTaskId", said.path("chainTaskId").asString());
        document.put("stage", "app");
        document.put("worker", said.path("worker").asString());
        document.put("environment", Map.of("IEXEC_APP_DEVELOPER_SECRET", "chosen by the host"));
        document.put("inputFiles", new Object[0]);
        document.put("arguments", "");
        document.put("result", Map.of());
        return JsonMapper.shared().writeValueAsString(document);
    }

    private static byte[] answer(SealedBytes envelope, byte[] signature) {
        Base64.Encoder base64 = Base64.getEncoder();
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("sequence", 1);
        log.put("head", "0x" + "00".repeat(32));
        log.put("signature", base64.encodeToString(new byte[64]));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("enc", base64.encodeToString(envelope.enc()));
        answer.put("ciphertext", base64.encodeToString(envelope.ciphertext()));
        answer.put("signature", base64.encodeToString(signature));
        answer.put("log", log);
        return JsonMapper.shared().writeValueAsBytes(answer);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
        seed.close();
    }
}
