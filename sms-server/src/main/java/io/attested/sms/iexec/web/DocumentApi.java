package io.attested.sms.iexec.web;

import io.attested.sms.http.api.OpenApiDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API's description: {@code /v3/api-docs} and a page that shows it, contract section 1.5.
 *
 * <p>The page loads nothing from elsewhere, and its policy lets it load nothing from elsewhere.
 */
@RestController
final class DocumentApi {
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");
    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final byte[] document;

    /** The document is the same as long as the service runs; nobody who asks has it made again. */
    DocumentApi(OpenApiDocument document) {
        this.document = document.json().getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.clone());
    }

    @GetMapping("/swagger-ui/index.html")
    ResponseEntity<byte[]> page() {
        return file("index.html", HTML);
    }

    @GetMapping("/swagger-ui/page.css")
    ResponseEntity<byte[]> style() {
        return file("page.css", CSS);
    }

    @GetMapping("/swagger-ui/page.js")
    ResponseEntity<byte[]> script() {
        return file("page.js", SCRIPT);
    }

    private static ResponseEntity<byte[]> file(String name, MediaType type) {
        try {
            return ResponseEntity.ok()
                    .contentType(type)
                    .cacheControl(CacheControl.noCache())
                    .header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .body(new ClassPathResource(name, DocumentApi.class).getContentAsByteArray());
        } catch (IOException notInTheJar) {
            throw new UncheckedIOException(notInTheJar);
        }
    }
}
