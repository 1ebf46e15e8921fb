package io.attested.sms.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.attested.sms.contracts.testbed.NodePackages;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The committed creation code is what the committed sources compile to. */
class LensCompilationTest {
    @Test
    void codeWhenSourcesAreCompiledAgainThenTheSameByteForByte(@TempDir Path temporary) throws Exception {
        NodePackages compiler = compiler();
        Path output = temporary.resolve("code.json");
        Path errors = temporary.resolve("errors.txt");
        Process process = new ProcessBuilder("node", "compile.mjs")
                .directory(compiler.folder().toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();

        Map<String, String> compiled = new JsonMapper().readValue(output, new TypeReference<>() {});

        assertThat(compiled).hasSize(7);
        Path sources = NodePackages.root().resolve("contracts/src");
        compiled.forEach((path, code) -> assertThat(sources.resolve(path))
                .as("run `node compile.mjs --write`")
                .hasContent(code));
        assertThat(committed(sources)).isEqualTo(compiled.size());
    }

    private static long committed(Path sources) throws IOException {
        try (var files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".hex"))
                    .peek(file ->
                            assertThat(file).content(StandardCharsets.US_ASCII).endsWith("\n"))
                    .count();
        }
    }

    private static NodePackages compiler() {
        try {
            return NodePackages.installed("contracts/solidity");
        } catch (TestbedFailure e) {
            return abort("skipped: the Solidity compiler cannot be installed from npm: " + e.getMessage());
        }
    }
}
