package io.attested.sms.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.attested.sms.attestation.ByteString;

@AnalyzeClasses(packages = "io.attested.sms.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ofOursOnlyAttestationIsUsed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.attested.sms.worker..",
                    "io.attested.sms.attestation..",
                    "java..",
                    "javax.crypto..",
                    "javax.security.auth.x500..",
                    "org.jspecify..",
                    "org.bouncycastle..",
                    "tools.jackson..",
                    "picocli..");

    @ArchTest
    static final ArchRule whatRunsInAnEnclaveVerifiesNone = noClasses()
            .that()
            .resideOutsideOfPackages("..worker.verify..", "..worker.cli..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.attested.sms.attestation..")
                    .and(not(resideInAnyPackage(
                            "io.attested.sms.attestation.seal..", "io.attested.sms.attestation.binding..")))
                    .and(not(JavaClass.Predicates.type(ByteString.class))));

    @ArchTest
    static final ArchRule whoJudgesCannotReadWhatIsExpected = noClasses()
            .that()
            .haveSimpleNameEndingWith("Kind")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Expectation");

    @ArchTest
    static final ArchRule featuresDoNotDependOnEachOtherInCircles =
            slices().matching("io.attested.sms.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingSimulatedIsInProductionCode =
            noClasses().should().haveNameMatching("(?i).*simulat.*");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackage("..cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheJsonPackageKnowsJackson = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.json..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule onlyTheEthereumPackageKnowsCurves = noClasses()
            .that()
            .resideOutsideOfPackage("..worker.ethereum..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");
}
