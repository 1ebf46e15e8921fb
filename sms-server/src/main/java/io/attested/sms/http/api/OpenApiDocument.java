package io.attested.sms.http.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The catalogues as one OpenAPI 3.1 document. */
public final class OpenApiDocument {
    /** Version of the iExec contract that is served; this service's own is at {@code /version}. */
    private static final String CONTRACT_VERSION = "9.3";

    private static final String SIGNATURE = "signature";
    private static final Pattern NOT_A_WORD = Pattern.compile("[^A-Za-z0-9]+");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final List<ApiCatalogue> catalogues;

    /** @param catalogues in any order */
    public OpenApiDocument(List<ApiCatalogue> catalogues) {
        this.catalogues = catalogues.stream()
                .sorted(Comparator.comparing(ApiCatalogue::part))
                .toList();
    }

    /** The document as indented JSON with {@code \n} at line ends; the same text for the same catalogues. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", info());
        document.put("tags", tags());
        document.put("paths", paths());
        document.put("components", components());
        return JSON.writeValueAsString(document).replace("\r\n", "\n") + "\n";
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "iExec SMS");
        info.put(
                "description",
                "Secrets of owners for the enclaves of their tasks: the API of the iExec SMS, and the native API under"
                        + " /v1.");
        info.put("version", CONTRACT_VERSION);
        return info;
    }

    private List<Map<String, Object>> tags() {
        return Arrays.stream(ApiPart.values())
                .filter(part -> catalogues.stream().anyMatch(catalogue -> catalogue.part() == part))
                .map(part -> ordered("name", part.title(), "description", part.about()))
                .toList();
    }

    private Map<String, Object> paths() {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (ApiCatalogue catalogue : catalogues) {
            for (Endpoint endpoint : catalogue.endpoints()) {
                paths.computeIfAbsent(path(endpoint), none -> new LinkedHashMap<>())
                        .put(endpoint.method().toLowerCase(Locale.ROOT), operation(catalogue.part(), endpoint));
            }
        }
        return new LinkedHashMap<>(paths);
    }

    /** Spring's wildcard has no counterpart; a name has. */
    private static String path(Endpoint endpoint) {
        return endpoint.path().replace("**", "{path}");
    }

    private static Map<String, Object> operation(ApiPart part, Endpoint endpoint) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("tags", List.of(part.title()));
        operation.put("summary", endpoint.summary());
        operation.put("operationId", operationId(endpoint));
        List<Map<String, Object>> parameters = endpoint.inputs().stream()
                .filter(input -> !isAuthorization(input))
                .map(OpenApiDocument::parameter)
                .toList();
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        endpoint.inputs().stream()
                .filter(OpenApiDocument::isAuthorization)
                .findFirst()
                .ifPresent(signature -> {
                    operation.put("description", "Authorization: " + signature.about() + ".");
                    operation.put("security", List.of(Map.of(SIGNATURE, List.of())));
                });
        endpoint.body().ifPresent(body -> operation.put("requestBody", requestBody(body)));
        operation.put("responses", responses(endpoint.answers()));
        return operation;
    }

    /** OpenAPI ignores a parameter of this name; it wants a security scheme. */
    private static boolean isAuthorization(Endpoint.Input input) {
        return input.name().equals("Authorization");
    }

    private static Map<String, Object> components() {
        Map<String, Object> scheme = new LinkedHashMap<>();
        scheme.put("type", "apiKey");
        scheme.put("in", "header");
        scheme.put("name", "Authorization");
        scheme.put(
                "description",
                "A signature alone, without a word before it: 0x and 130 hex digits, made by a wallet as an EIP-191 message"
                        + " over the 32 bytes that the endpoint names.");
        return Map.of("securitySchemes", Map.of(SIGNATURE, scheme));
    }

    /** {@code POST /tee/challenges/{chainTaskId}} becomes {@code post-tee-challenges-chainTaskId}. */
    private static String operationId(Endpoint endpoint) {
        String words = NOT_A_WORD.matcher(path(endpoint)).replaceAll("-");
        return endpoint.method().toLowerCase(Locale.ROOT)
                + (words.endsWith("-") ? words.substring(0, words.length() - 1) : words);
    }

    private static Map<String, Object> parameter(Endpoint.Input input) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", input.name());
        parameter.put("in", input.place().name().toLowerCase(Locale.ROOT));
        parameter.put("required", input.required());
        parameter.put("description", input.about());
        parameter.put("schema", Map.of("type", "string"));
        return parameter;
    }

    private static Map<String, Object> requestBody(Endpoint.Content body) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("description", body.about());
        request.put("required", true);
        request.put("content", Map.of(body.type(), media(List.of(body))));
        return request;
    }

    private static Map<String, Object> responses(List<Endpoint.Answer> answers) {
        Map<String, List<Endpoint.Answer>> byStatus = new LinkedHashMap<>();
        answers.stream()
                .sorted(Comparator.comparingInt(Endpoint.Answer::status))
                .forEach(answer -> byStatus.computeIfAbsent(
                                Integer.toString(answer.status()), status -> new ArrayList<>())
                        .add(answer));
        Map<String, Object> responses = new LinkedHashMap<>();
        byStatus.forEach((status, same) -> responses.put(status, response(same)));
        return responses;
    }

    private static Map<String, Object> response(List<Endpoint.Answer> same) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put(
                "description",
                String.join("; ", same.stream().map(Endpoint.Answer::when).toList()));
        Map<String, Object> headers = new LinkedHashMap<>();
        same.stream().flatMap(answer -> answer.headers().stream()).forEach(header -> {
            int colon = header.indexOf(": ");
            headers.put(
                    header.substring(0, colon),
                    ordered("description", header.substring(colon + 2), "schema", Map.of("type", "string")));
        });
        if (!headers.isEmpty()) {
            response.put("headers", headers);
        }
        Map<String, List<Endpoint.Content>> byType = new LinkedHashMap<>();
        same.stream()
                .flatMap(answer -> answer.content().stream())
                .forEach(content -> byType.computeIfAbsent(content.type(), type -> new ArrayList<>())
                        .add(content));
        if (!byType.isEmpty()) {
            Map<String, Object> contents = new LinkedHashMap<>();
            byType.forEach((type, bodies) -> contents.put(type, media(bodies)));
            response.put("content", contents);
        }
        return response;
    }

    /** One example stands as such, several of them by number. */
    private static Map<String, Object> media(List<Endpoint.Content> bodies) {
        List<Object> examples =
                bodies.stream().map(OpenApiDocument::example).distinct().toList();
        if (examples.size() == 1) {
            return Map.of("example", examples.getFirst());
        }
        Map<String, Object> numbered = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            numbered.put(Integer.toString(i + 1), Map.of("value", examples.get(i)));
        }
        return Map.of("examples", numbered);
    }

    private static Object example(Endpoint.Content content) {
        return content.type().contains("json") ? JSON.readTree(content.example()) : content.example();
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(first, one);
        members.put(second, two);
        return members;
    }
}
