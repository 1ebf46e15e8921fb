package io.attested.sms.contracts.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The compiled contracts as npm publishes them: creation code, and the functions of each facet. */
final class Artifacts {
    private static final String POCO = "@iexec/poco/artifacts/contracts/";
    private static final String DIAMOND = "@iexec/poco/deployments/arbitrum/";

    private final NodePackages packages;
    private final JsonMapper json = new JsonMapper();

    Artifacts(NodePackages packages) {
        this.packages = packages;
    }

    JsonNode token() {
        return read("rlc-faucet-contract/build/contracts/RLC.json");
    }

    /** @param path such as {@code facets/IexecPoco1Facet} */
    JsonNode contract(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return read(POCO + path + ".sol/" + name + ".json");
    }

    /** One of the four contracts of the diamond, which are published with a deployment only. */
    JsonNode diamondPart(String name) {
        return read(DIAMOND + name + ".json");
    }

    /** Creation code of one of our own test contracts, {@code 0x} and digits. */
    static String own(String name) {
        try (InputStream in = Artifacts.class.getResourceAsStream(name + ".hex")) {
            if (in == null) {
                throw new TestbedFailure("the compiled " + name + " is missing; run compile.mjs in contracts/solidity");
            }
            return "0x" + new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creation code with {@code libraries} (name to address) linked in. */
    static String code(JsonNode artifact, Map<String, String> libraries) {
        StringBuilder code = new StringBuilder(artifact.get("bytecode").asString());
        for (JsonNode file : artifact.path("linkReferences")) {
            for (Map.Entry<String, JsonNode> library : file.properties()) {
                String address = libraries.get(library.getKey());
                if (address == null) {
                    throw new TestbedFailure("the artifact needs the library " + library.getKey());
                }
                for (JsonNode place : library.getValue()) {
                    int at = 2 + 2 * place.get("start").asInt();
                    code.replace(at, at + 40, address.substring(2));
                }
            }
        }
        return code.toString();
    }

    /** Selectors of every function of a contract, {@code 0x} and 8 digits, with those of receive and fallback. */
    static List<String> selectors(JsonNode artifact) {
        List<String> selectors = new ArrayList<>();
        for (JsonNode entry : artifact.get("abi")) {
            switch (entry.get("type").asString()) {
                case "function" ->
                    selectors.add(Abi.selector(entry.get("name").asString() + tuple(entry.get("inputs"))));
                case "receive" -> selectors.add("0x00000000");
                case "fallback" -> selectors.add("0xffffffff");
                default -> {
                    // Events, errors and constructors have no selector.
                }
            }
        }
        return selectors;
    }

    private static String tuple(JsonNode inputs) {
        List<String> types = new ArrayList<>();
        for (JsonNode input : inputs) {
            String type = input.get("type").asString();
            types.add(type.startsWith("tuple") ? tuple(input.get("components")) + type.substring(5) : type);
        }
        return "(" + String.join(",", types) + ")";
    }

    private JsonNode read(String path) {
        Path file = packages.file(path);
        return json.readTree(file);
    }
}
