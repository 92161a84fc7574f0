package org.octaveserver.ops;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rules of docs/architecture.md that a machine can hold. */
@AnalyzeClasses(packages = "org.octaveserver.ops", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "org.octaveserver.ops.";

    /** Each package may use those above it only. */
    private static final List<String> ORDER = List.of(
            "error",
            "lifecycle",
            "settings",
            "value",
            "value.json",
            "wire",
            "runtime",
            "worker",
            "bundle.route",
            "bundle.signature",
            "bundle.dependency",
            "bundle",
            "bundle.autodeploy",
            "pool",
            "call",
            "job",
            "job.callback",
            "security",
            "stats",
            "store",
            "web.edge",
            "web.mps",
            "web.mps.route",
            "web.mps.requests",
            "web.manage",
            "app");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(BASE + "(**)").should().beFreeOfCycles();

    @ArchTest
    static void packagesUseOnlyThoseAboveThem(JavaClasses classes) {
        for (int i = 0; i < ORDER.size(); i++) {
            List<String> below = new ArrayList<>();
            ORDER.subList(i + 1, ORDER.size()).forEach(name -> below.add(BASE + name));
            below.add(BASE + "cli..");
            below.add(BASE + "launch");
            noClasses()
                    .that()
                    .resideInAPackage(BASE + ORDER.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(below.toArray(String[]::new))
                    .check(classes);
        }
    }

    @ArchTest
    static void everyPackageIsInTheOrder(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
                .allSatisfy(name -> assertThat(
                                ORDER.contains(name.replace(BASE, "")) || name.matches(".*\\.(cli(\\..*)?|launch)"))
                        .as(name)
                        .isTrue());
    }

    @ArchTest
    static final ArchRule facesDoNotKnowOneAnother = noClasses()
            .that()
            .resideInAPackage(BASE + "web.manage")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "web.mps..");

    @ArchTest
    static final ArchRule theCommandLineKnowsTheServerByHttpOnly = classes()
            .that()
            .resideInAPackage(BASE + "cli..")
            .should(onlyUseOfOps("cli..", "value", "value.json", "error"));

    @ArchTest
    static final ArchRule theBootstrapStandsAlone =
            classes().that().resideInAPackage(BASE + "launch").should(onlyUseOfOps("launch"));

    @ArchTest
    static final ArchRule settingsKnowNoFeature =
            classes().that().resideInAPackage(BASE + "settings").should(onlyUseOfOps("settings", "error"));

    private static ArchCondition<JavaClass> onlyUseOfOps(String... packages) {
        String[] allowed = Arrays.stream(packages).map(name -> BASE + name).toArray(String[]::new);
        return never(
                dependOnClassesThat(resideInAPackage("org.octaveserver.ops..").and(not(resideInAnyPackage(allowed)))));
    }

    @ArchTest
    static final ArchRule httpIsConfined = onlyIn(
            List.of("web..", "app"), "jakarta.ws.rs..", "jakarta.servlet..", "jakarta.websocket..", "org.glassfish..");

    @ArchTest
    static final ArchRule tomcatIsConfined = onlyIn(List.of("app"), "org.apache.catalina..", "org.apache.coyote..");

    @ArchTest
    static final ArchRule jdbcIsConfined = onlyIn(
            List.of("store"),
            "java.sql..",
            "javax.sql..",
            "org.jdbi..",
            "com.zaxxer..",
            "org.flywaydb..",
            "org.sqlite..",
            "org.postgresql..");

    @ArchTest
    static final ArchRule commonsPoolIsConfined = onlyIn(List.of("pool"), "org.apache.commons.pool2..");

    @ArchTest
    static final ArchRule expressionsOfUsersAreConfined = onlyIn(List.of("bundle.route"), "com.google.re2j..");

    @ArchTest
    static final ArchRule processesAreConfined = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "worker", BASE + "runtime")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, ProcessHandle.class, Process.class);

    private static ArchRule onlyIn(List<String> places, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        places.stream().map(name -> BASE + name).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(SYNTHETIC)
            .should(new ArchCondition<>("be final and of a type that holds no state") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    boolean isConstant = field.getModifiers().contains(FINAL)
                            && !field.getRawType().getPackageName().startsWith("java.util.concurrent");
                    events.add(new SimpleConditionEvent(field, isConstant, field.getFullName()));
                }
            });

    @ArchTest
    static final ArchRule nobodyLooksForServices = noMethods()
            .that()
            .areStatic()
            .should()
            .haveName("getInstance")
            .orShould()
            .haveName("instance");

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");
}
