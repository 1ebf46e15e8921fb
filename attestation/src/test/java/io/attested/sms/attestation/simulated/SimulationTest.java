package io.attested.sms.attestation.simulated;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Verdict;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");
    private final SimulatedIntel intel = SimulatedIntel.create(NOW, new SecureRandom());

    @Test
    void loadedPkiIsTheSavedOne(@TempDir Path dir) throws IOException {
        intel.save(dir);
        SimulatedIntel loaded = SimulatedIntel.load(dir);
        assertThat(loaded.rootPem()).isEqualTo(intel.rootPem());
        assertThat(loaded.collateral()).isEqualTo(intel.collateral());
        byte[] quote = SimulatedEnclave.of(loaded, new byte[32]).quote(new byte[64]);
        assertThat(new QuoteVerifier(intel.trustRoot()).verify(quote, intel.collateral(), NOW))
                .isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void savedStateIsTheOwnersOnlyAndNotOverwritten(@TempDir Path dir) throws IOException {
        intel.save(dir);
        Path state = dir.resolve("simulated-intel.state");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> intel.save(dir)).isInstanceOf(FileAlreadyExistsException.class);
        Files.writeString(state, "x");
        assertThatThrownBy(() -> SimulatedIntel.load(dir)).isInstanceOf(IOException.class);
    }

    @Test
    void twoPkisHaveNothingInCommon() {
        SimulatedIntel other = SimulatedIntel.create(NOW, new SecureRandom());
        byte[] quote = SimulatedEnclave.of(other, new byte[32]).quote(new byte[64]);
        assertThat(new QuoteVerifier(intel.trustRoot()).verify(quote, other.collateral(), NOW))
                .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void nothingSaysTheSeed() {
        assertThat(intel.toString()).isEqualTo("SimulatedIntel[2026-11-01T12:00:00Z]");
        assertThat(intel.key("x").toString()).isEqualTo("SimulatedKey[redacted]");
    }

    @Test
    void simulationNeedsNoTestFramework() {
        noClasses()
                .that(DescribedPredicate.not(DescribedPredicate.describe(
                        "are tests", (JavaClass type) -> type.getName().endsWith("Test"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj..", "com.tngtech..")
                .check(new ClassFileImporter().importPackages("io.attested.sms.attestation.simulated"));
    }
}
