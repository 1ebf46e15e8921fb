package io.attested.sms.chain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;

@AnalyzeClasses(packages = "io.attested.sms", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule noPublicMethodSpeaksWeb3jOrJson = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(publicOf("io.attested.sms.chain.."))
            .should(nameNoTypeOf("org.web3j", "tools.jackson", "com.fasterxml"));

    @ArchTest
    static final ArchRule thePortKnowsNoAdapter = noClasses()
            .that()
            .resideInAPackage("io.attested.sms.chain")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.attested.sms.chain.rpc..", "java.net.http..", "tools.jackson..");

    @ArchTest
    static final ArchRule theListenerCallsNothingOfOursButTheBindings = classes()
            .that()
            .resideInAPackage("io.attested.sms.chain..")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.describe(
                    "are not of ours, or are of chain-listener or the bindings",
                    (JavaClass type) -> !type.getPackageName().startsWith("io.attested.sms")
                            || type.getPackageName().startsWith("io.attested.sms.chain")
                            || type.getPackageName().equals("io.attested.sms.contracts")));

    @ArchTest
    static final ArchRule theBindingsCallNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("io.attested.sms.contracts..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of another module",
                    (JavaClass type) -> type.getPackageName().startsWith("io.attested.sms")
                            && !type.getPackageName().startsWith("io.attested.sms.contracts")));

    private static DescribedPredicate<JavaClass> publicOf(String packages) {
        return DescribedPredicate.describe(
                "can be named from outside",
                type -> reachable(type)
                        && JavaClass.Predicates.resideInAPackage(packages).test(type));
    }

    private static boolean reachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::reachable).orElse(true);
    }

    private static ArchCondition<JavaMethod> nameNoTypeOf(String... libraries) {
        return new ArchCondition<>("name no type of " + String.join(", ", libraries)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getAllInvolvedRawTypes().stream()
                        .filter(type -> Arrays.stream(libraries)
                                .anyMatch(library -> type.getPackageName().startsWith(library)))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, ((JavaMember) method).getFullName() + " names " + type.getName())));
            }
        };
    }
}
