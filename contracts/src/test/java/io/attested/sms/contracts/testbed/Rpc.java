package io.attested.sms.contracts.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC to the local node; transactions are sent from the node's unlocked accounts. */
final class Rpc {
    /** Enough for the largest contract of PoCo, below the cap of EIP-7825 and every node's block limit. */
    private static final String GAS = "0x1bed4c0";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final JsonMapper json = new JsonMapper();
    private final URI node;

    Rpc(URI node) {
        this.node = node;
    }

    JsonNode call(String method, Object... params) {
        JsonNode answer = exchange(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
        if (answer.hasNonNull("error")) {
            throw new TestbedFailure(method + ": " + answer.get("error"));
        }
        return answer.path("result");
    }

    /** {@code eth_call} at the head. */
    String read(String to, String data) {
        return call("eth_call", Map.of("from", Wallet.DEPLOYER.address(), "to", to, "data", data), "latest")
                .asString();
    }

    /** Sends, waits until mined, and gives the receipt. */
    JsonNode send(Wallet from, String to, String data) {
        return mined(call("eth_sendTransaction", Map.of("from", from.address(), "to", to, "data", data, "gas", GAS))
                .asString());
    }

    /** Deploys and gives the contract's address. */
    String deploy(Wallet from, String code) {
        String hash = call("eth_sendTransaction", Map.of("from", from.address(), "data", code, "gas", GAS))
                .asString();
        return mined(hash).get("contractAddress").asString();
    }

    private JsonNode mined(String hash) {
        JsonNode receipt = receipt(hash);
        if (!"0x1".equals(receipt.path("status").asString())) {
            throw new TestbedFailure("transaction " + hash + " reverted: " + reason(hash));
        }
        return receipt;
    }

    private JsonNode receipt(String hash) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode receipt = call("eth_getTransactionReceipt", hash);
            if (receipt.isObject()) {
                return receipt;
            }
            sleep();
        }
        throw new TestbedFailure("transaction " + hash + " was not mined within " + PATIENCE.toSeconds() + " s");
    }

    private String reason(String hash) {
        JsonNode sent = call("eth_getTransactionByHash", hash);
        try {
            call(
                    "eth_call",
                    Map.of(
                            "from", sent.path("from").asString(),
                            "to",
                                    Optional.ofNullable(sent.get("to"))
                                            .map(JsonNode::asString)
                                            .orElse(""),
                            "data", sent.path("input").asString()),
                    "latest");
            return "no reason given";
        } catch (TestbedFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    private JsonNode exchange(Object body) {
        HttpRequest request = HttpRequest.newBuilder(node)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        try {
            return json.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new TestbedFailure("the local node does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("interrupted while waiting for the local node", e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("interrupted while waiting for a transaction", e);
        }
    }
}
