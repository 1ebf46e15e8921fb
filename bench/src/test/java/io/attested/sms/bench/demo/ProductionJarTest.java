package io.attested.sms.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;

/** What an operator runs holds nothing of the simulation. */
class ProductionJarTest {
    @Test
    void noClassOfTheSimulatedPlatformIsInTheServersJar() throws IOException {
        List<String> classes = new ArrayList<>();
        try (InputStream jar = Files.newInputStream(serverJar())) {
            collect(new JarInputStream(jar), classes);
        }

        assertThat(classes)
                .anyMatch(name -> name.endsWith("io/attested/sms/attestation/QuoteVerifier.class"))
                .anyMatch(name -> name.endsWith("io/attested/sms/release/EnvelopeDesk.class"))
                .noneMatch(name -> name.contains("simulated"))
                .noneMatch(name -> name.contains("testbed"))
                .noneMatch(name -> name.contains("standin"))
                .noneMatch(name -> name.contains("io/attested/sms/worker"));
    }

    private static Path serverJar() throws IOException {
        Path target = Path.of(System.getProperty("sms.root"), "sms-server", "target");
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Names of all classes, also of those in jars inside the jar. */
    private static void collect(JarInputStream jar, List<String> classes) throws IOException {
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            if (entry.getName().endsWith(".class")) {
                classes.add(entry.getName());
            } else if (entry.getName().endsWith(".jar")) {
                collect(new JarInputStream(jar), classes);
            }
        }
    }
}
