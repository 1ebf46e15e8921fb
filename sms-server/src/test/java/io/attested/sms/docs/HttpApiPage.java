package io.attested.sms.docs;

import io.attested.sms.http.api.ApiCatalogue;
import io.attested.sms.http.api.ApiPart;
import io.attested.sms.http.api.Endpoint;
import java.util.Comparator;
import java.util.List;

/** Writes {@code docs/reference/http-api.md} from the catalogues. */
final class HttpApiPage {
    private static final String TOP = """
            # HTTP API

            Every endpoint with every answer of its own, in the order in which it checks; success stands last. An answer to
            `HEAD` has no body. This page is written by `HttpApiPageTest` from the code, and the build compares them. The same for programs:
            [OpenAPI](openapi.json), also served as `GET /v3/api-docs` and shown at `/swagger-ui/index.html`.

            Whatever the endpoint:

            | status | when |
            | --- | --- |
            | 400 | the request is no HTTP that can be read |
            | 403 | a browser's preflight where other origins may not call: everywhere but under `/secrets`, `/apps` and `/requesters` |
            | 404 | no such path |
            | 405 | another method; `Allow` names those there are |
            | 413 | a body over 64 KiB (128 KiB for `/v1/grants`) |
            | 503 | a source address has used up its writes of the minute; `Retry-After` says for how long |
            | 503 | the service is out of service: text outside `/v1`, not under `/admin` and not for health and metrics |

            These, and "error object" below, are the original's default error object
            `{"timestamp":"…","status":N,"error":"Reason","path":"/…"}`; under `/v1` they are RFC 9457 problem objects with the
            member `code` ([Errors](errors.md)). Where this deviates from the iExec SMS: [Compatibility](iexec-compatibility.md).
            """;

    private final List<ApiCatalogue> catalogues;

    HttpApiPage(List<ApiCatalogue> catalogues) {
        this.catalogues = catalogues.stream()
                .sorted(Comparator.comparing(ApiCatalogue::part))
                .toList();
    }

    String text() {
        StringBuilder page = new StringBuilder(TOP);
        for (ApiCatalogue catalogue : catalogues) {
            ApiPart part = catalogue.part();
            page.append("\n## ")
                    .append(part.title())
                    .append("\n\n")
                    .append(part.about())
                    .append('\n');
            catalogue.endpoints().forEach(endpoint -> page.append(section(endpoint)));
        }
        return page.toString();
    }

    private static String section(Endpoint endpoint) {
        StringBuilder section = new StringBuilder();
        section.append("\n### `")
                .append(endpoint.method())
                .append(' ')
                .append(endpoint.path())
                .append("`\n\n");
        section.append(endpoint.summary()).append(".\n\n");
        for (Endpoint.Input input : endpoint.inputs()) {
            section.append("- ")
                    .append(place(input))
                    .append(" `")
                    .append(input.name())
                    .append("`: ");
            section.append(input.about())
                    .append(input.required() ? "" : " (optional)")
                    .append('\n');
        }
        endpoint.body()
                .ifPresent(body -> section.append("- body (`")
                        .append(body.type())
                        .append("`): ")
                        .append(body.about())
                        .append(json(body) ? ": `" + body.example() + "`" : "")
                        .append('\n'));
        if (section.charAt(section.length() - 2) != '\n') {
            section.append('\n');
        }
        section.append("| status | when | answer |\n| --- | --- | --- |\n");
        endpoint.answers()
                .forEach(answer -> section.append("| ")
                        .append(answer.status())
                        .append(" | ")
                        .append(answer.when())
                        .append(" | ")
                        .append(answer(answer))
                        .append(" |\n"));
        return section.toString();
    }

    private static String place(Endpoint.Input input) {
        return switch (input.place()) {
            case PATH -> "in the path";
            case QUERY -> "parameter";
            case HEADER -> "header";
        };
    }

    private static String answer(Endpoint.Answer answer) {
        String body = answer.content().map(HttpApiPage::body).orElse("empty");
        return answer.headers().isEmpty() ? body : body + "; `" + String.join("`, `", answer.headers()) + "`";
    }

    private static String body(Endpoint.Content content) {
        if (content.example().startsWith("{\"timestamp\"")) {
            return "error object";
        }
        if (content.type().startsWith("application/problem+json")) {
            return "problem, such as `" + code(content.example()) + "`";
        }
        if (content.type().equals("*/*")) {
            return "text without a content type: `" + content.example() + "`";
        }
        return "`" + content.type() + "`" + (content.example().equals("…") ? "" : ": `" + content.example() + "`");
    }

    private static String code(String problem) {
        String start = "\"code\":\"";
        int from = problem.indexOf(start) + start.length();
        return problem.substring(from, problem.indexOf('"', from));
    }

    private static boolean json(Endpoint.Content content) {
        return content.type().contains("json");
    }
}
