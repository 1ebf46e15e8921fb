package io.attested.sms;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The directions between the server's features. */
@AnalyzeClasses(
        packages = "io.attested.sms",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoFixtures.class})
class ArchitectureTest {
    private static final String[] FEATURE_ROOTS = {
        "io.attested.sms.audit",
        "io.attested.sms.grant",
        "io.attested.sms.identity",
        "io.attested.sms.iexec",
        "io.attested.sms.keyring",
        "io.attested.sms.operate",
        "io.attested.sms.operate.admin",
        "io.attested.sms.operate.legacy",
        "io.attested.sms.operate.store",
        "io.attested.sms.release",
        "io.attested.sms.secret",
        "io.attested.sms.session",
        "io.attested.sms.task",
        "io.attested.sms.task.bulk"
    };
    private static final String[] ADAPTERS = {
        "io.attested.sms.audit.jdbc..",
        "io.attested.sms.keyring.jdbc..",
        "io.attested.sms.keyring.file..",
        "io.attested.sms.secret.jdbc..",
        "io.attested.sms.session.store..",
        "io.attested.sms.session.scone..",
        "io.attested.sms.session.gramine..",
        "io.attested.sms.session.tdx..",
        "io.attested.sms.operate.admin.jdbc..",
        "io.attested.sms.operate.legacy.jdbc..",
        "io.attested.sms.operate.legacy.h2..",
        "io.attested.sms.operate.legacy.script..",
        "io.attested.sms.operate.store.jdbc..",
        "io.attested.sms.task.ipfs.."
    };
    private static final String[] WEB = {
        "io.attested.sms.iexec.web..",
        "io.attested.sms.release.web..",
        "io.attested.sms.operate.web..",
        "io.attested.sms.operate.admin.web.."
    };

    /** Leaves out the fixtures of other modules, which lie on the test class path as jars. */
    static final class NoFixtures implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule FEATURE_ROOTS_KNOW_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAnyPackage(FEATURE_ROOTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "java.sql..",
                    "javax.sql..",
                    "jakarta..",
                    "org.h2..",
                    "com.zaxxer..",
                    "org.flywaydb..");

    @ArchTest
    static final ArchRule GRANT_IS_PURE = noClasses()
            .that()
            .resideInAPackage("io.attested.sms.grant..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.io..",
                            "java.nio.file..",
                            "java.net..",
                            "java.util.concurrent..",
                            "org.slf4j..",
                            "io.attested.sms.audit..",
                            "io.attested.sms.keyring..",
                            "io.attested.sms.session..",
                            "io.attested.sms.release..",
                            "io.attested.sms.iexec..",
                            "io.attested.sms.http..")
                    .or(new DescribedPredicate<>("clocks and random sources") {
                        @Override
                        public boolean test(JavaClass input) {
                            return Set.of("java.time.Clock", "java.time.InstantSource", "java.security.SecureRandom")
                                    .contains(input.getName());
                        }
                    }));

    @ArchTest
    static final ArchRule THE_LOG_KNOWS_NO_FEATURE = noClasses()
            .that()
            .resideInAPackage("io.attested.sms.audit")
            .should()
            .dependOnClassesThat(resideInAPackage("io.attested.sms..")
                    .and(not(resideInAnyPackage("io.attested.sms.audit..", "io.attested.sms.chain"))));

    @ArchTest
    static final ArchRule SECRETS_KNOW_NO_DECISION = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.attested.sms.secret..",
                    "io.attested.sms.keyring..",
                    "io.attested.sms.identity..",
                    "io.attested.sms.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.attested.sms.grant..",
                    "io.attested.sms.session..",
                    "io.attested.sms.release..",
                    "io.attested.sms.iexec..",
                    "io.attested.sms.http..");

    @ArchTest
    static final ArchRule THE_TWO_APIS_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("io.attested.sms.iexec..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.attested.sms.release..");

    @ArchTest
    static final ArchRule ADAPTERS_AND_WEB_ARE_KNOWN_TO_THE_WIRING_ONLY = noClasses()
            .that()
            .resideInAnyPackage(FEATURE_ROOTS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(ADAPTERS).or(resideInAnyPackage(WEB)));

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_WIRING = noClasses()
            .that()
            .resideOutsideOfPackage("io.attested.sms.boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.attested.sms.boot..");

    @ArchTest
    static final ArchRule NO_CLASS_OF_THE_SIMULATION_IS_USED =
            noClasses().should().dependOnClassesThat().resideInAPackage("..simulated..");

    @ArchTest
    static final ArchRule ETHEREUM_LIBRARIES_STAY_IN_THE_LISTENER = noClasses()
            .that()
            .resideOutsideOfPackages("io.attested.sms.chain..", "io.attested.sms.contracts..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.web3j..");

    @ArchTest
    static final ArchRule EVERY_CLASS_HAS_A_FEATURE =
            classes().that().resideInAPackage("io.attested.sms..").should().resideOutsideOfPackage("io.attested.sms");
}
