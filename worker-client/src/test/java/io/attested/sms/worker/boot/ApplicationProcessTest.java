package io.attested.sms.worker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplicationProcessTest {
    @Test
    void survivesWhenEveryTextIsAsciiThenInEachLocale() {
        ApplicationProcess process = process("plain", "value");
        assertThat(process.survives(StandardCharsets.US_ASCII)).isTrue();
        assertThat(process.survives(StandardCharsets.ISO_8859_1)).isTrue();
    }

    @Test
    void survivesWhenATextIsNotAsciiThenInUtf8Only() {
        for (ApplicationProcess process : List.of(process("caf\u00e9", "value"), process("plain", "caf\u00e9"))) {
            assertThat(process.survives(StandardCharsets.UTF_8)).isTrue();
            assertThat(process.survives(StandardCharsets.US_ASCII)).isFalse();
            assertThat(process.survives(StandardCharsets.ISO_8859_1)).isFalse();
        }
    }

    private static ApplicationProcess process(String argument, String value) {
        return new ApplicationProcess(List.of("/bin/app", argument), Map.of("NAME", value), Path.of("/"));
    }
}
