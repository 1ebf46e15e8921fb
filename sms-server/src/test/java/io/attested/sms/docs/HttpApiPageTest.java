package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.http.api.ApiCatalogue;
import io.attested.sms.http.api.OpenApiDocument;
import io.attested.sms.scenario.ServedChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/reference/http-api.md} and {@code openapi.json} against the catalogues, and the catalogues against the mappings of
 * the running service.
 *
 * <p>With {@code -Dsms.docs.write=true} it writes the two files.
 */
class HttpApiPageTest {
    private static final Path PAGE = Page.root().resolve("docs/reference/http-api.md");
    private static final Path DOCUMENT = Page.root().resolve("docs/reference/openapi.json");

    /** Where the container sends what nobody answered; to clients it is a path like any other that does not exist. */
    private static final String NO_ENDPOINT = "/error";

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static List<ApiCatalogue> catalogues;

    @BeforeAll
    static void start() throws IOException {
        served = ServedChain.start(folder);
        catalogues = List.copyOf(served.server().beans(ApiCatalogue.class).values());
        if (Boolean.getBoolean("sms.docs.write")) {
            Files.writeString(PAGE, new HttpApiPage(catalogues).text());
            Files.writeString(DOCUMENT, new OpenApiDocument(catalogues).json());
        }
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void everyMappingIsDescribedAndNothingElseIs() {
        Set<String> described = catalogues.stream()
                .flatMap(catalogue -> catalogue.endpoints().stream())
                .map(endpoint -> endpoint.method() + " " + endpoint.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described)
                .as(
                        "the endpoints of the catalogues; a new mapping needs an entry in the catalogue beside its controller")
                .containsExactlyElementsOf(mapped());
    }

    private static Set<String> mapped() {
        return served.server().beans(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(HttpApiPageTest::methodsAndPaths)
                .filter(endpoint -> !endpoint.endsWith(" " + NO_ENDPOINT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> methodsAndPaths(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        return mapping.getPatternValues().stream()
                .flatMap(path -> methods.isEmpty()
                        ? Stream.of("ANY " + path)
                        : methods.stream().map(method -> method + " " + path));
    }

    @Test
    void noEndpointIsDescribedTwice() {
        List<String> all = catalogues.stream()
                .flatMap(catalogue -> catalogue.endpoints().stream())
                .map(endpoint -> endpoint.method() + " " + endpoint.path())
                .toList();
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void pageIsTheOneTheCodeMakes() {
        assertThat(Page.read(PAGE))
                .as(PAGE + " differs from the code; write it anew with -Dsms.docs.write=true")
                .isEqualTo(new HttpApiPage(catalogues).text());
    }

    @Test
    void documentIsTheOneThatIsServed() {
        var served = HttpApiPageTest.served;
        var answer = served.server().get(served.server().scone().resolve("/v3/api-docs"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(Page.read(DOCUMENT))
                .as(DOCUMENT + " differs from the code; write it anew with -Dsms.docs.write=true")
                .isEqualTo(answer.body());
    }

    @Test
    void documentIsOpenApiInItsOutlines() {
        JsonNode document = JsonMapper.shared().readTree(Page.read(DOCUMENT));
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("info").path("title").asString()).isEqualTo("iExec SMS");
        assertThat(document.path("paths").propertyNames())
                .contains("/secrets/web3", "/tee/sessions", "/v1/grants")
                .allMatch(path -> path.startsWith("/"));
        Set<String> ids = new TreeSet<>();
        for (JsonNode operations : document.path("paths")) {
            for (JsonNode operation : operations) {
                assertThat(ids.add(operation.path("operationId").asString())).isTrue();
                assertThat(operation.path("responses").isEmpty()).isFalse();
                for (JsonNode response : operation.path("responses")) {
                    assertThat(response.path("description").asString()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void pageForPeopleLoadsNothingFromElsewhere() {
        var base = served.server().scone();
        for (String file : List.of("index.html", "page.css", "page.js")) {
            var answer = served.server().get(base.resolve("/swagger-ui/" + file));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("http://", "https://", "//cdn");
            assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                    .startsWith("default-src 'none'; ");
        }
        assertThat(served.server().get(base.resolve("/swagger-ui/index.html")).body())
                .contains("<title>iExec SMS</title>");
    }
}
