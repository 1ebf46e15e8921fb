package io.attested.sms.operate.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Features know no database; directions between keyring, log, secrets and store are one-way. */
class StoreArchitectureTest {
    private static final String[] ROOTS = {
        "io.attested.sms.keyring", "io.attested.sms.secret", "io.attested.sms.audit", "io.attested.sms.operate.store"
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOTS);

    @Test
    void featureRootsAreFreeOfSpringAndJdbc() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "org.h2..", "..jdbc..")
                .check(classes);
    }

    @Test
    void theLogCallsNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("io.attested.sms.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.attested.sms.keyring..", "io.attested.sms.secret..", "io.attested.sms.operate..")
                .check(classes);
    }

    @Test
    void theKeyringKnowsNeitherSecretsNorStore() {
        noClasses()
                .that()
                .resideInAPackage("io.attested.sms.keyring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.attested.sms.secret..", "io.attested.sms.operate..")
                .check(classes);
    }

    @Test
    void rawSecretsAreTouchedByTheKeyringOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.attested.sms.keyring")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.attested.sms.attestation.seal.RawSecretAccess")
                .check(classes);
    }
}
