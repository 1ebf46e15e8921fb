package io.attested.sms.attestation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The module can be read and used alone: no framework, nothing else of ours; network, files and a clock only where
 * collateral is fetched, and verification knows nothing of that.
 */
@AnalyzeClasses(packages = "io.attested.sms", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SOURCE = "io.attested.sms.attestation.source..";

    @ArchTest
    static final ArchRule onlySourceDependsOnSource = noClasses()
            .that()
            .resideOutsideOfPackage(SOURCE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SOURCE);

    @ArchTest
    static final ArchRule sourceAddsNetworkAndFilesOnly = classes()
            .that()
            .resideInAPackage(SOURCE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.attested.sms.attestation..",
                    "java.io..",
                    "java.lang..",
                    "java.net..",
                    "java.nio..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..",
                    "tools.jackson..");

    @ArchTest
    static final ArchRule onlyOneClassOpensConnections = noClasses()
            .that()
            .resideInAPackage(SOURCE)
            .and()
            .doNotHaveSimpleName("JdkWeb")
            .and()
            .doNotHaveSimpleName("CappedBody")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule dependsOnNothingElse = classes()
            .that()
            .resideInAPackage("io.attested.sms.attestation..")
            .and()
            .resideOutsideOfPackage(SOURCE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.attested.sms.attestation..",
                    "java.io..",
                    "java.lang..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "com.amazon.corretto.crypto.provider..",
                    "org.bouncycastle..",
                    "org.jspecify..",
                    "tools.jackson..");

    @ArchTest
    static final ArchRule readsNoClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule knowsNoClock = noClasses()
            .that()
            .resideOutsideOfPackage(SOURCE)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, InstantSource.class);

    @ArchTest
    static final ArchRule sealingKnowsNothingOfQuotes = noClasses()
            .that()
            .resideInAnyPackage("..seal..", "..binding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..quote..", "..collateral..", "..pki..", "..tcb..");

    @ArchTest
    static final ArchRule readersKnowNothingOfEvaluation = noClasses()
            .that()
            .resideInAnyPackage("..quote..", "..collateral..", "..pki..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..tcb..");

    @ArchTest
    static final ArchRule otherEvidenceKnowsNothingOfQuotes = noClasses()
            .that()
            .resideInAnyPackage("..amd..", "..ratls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..quote..", "..collateral..", "..tcb..", "..seal..", "..binding..");
}
