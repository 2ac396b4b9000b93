package org.touchstone.infra;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packagesOf = TouchstoneApp.class,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule hasNoCyclesBetweenPackages =
      slices().matching("org.touchstone.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule knowsNoCodeOfOtherModules =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.touchstone..")
                  .and(resideOutsideOfPackage("org.touchstone.infra..")));

  /** The cost of a deployment can be read without Node, which the CDK needs. */
  @ArchTest
  static final ArchRule costsAreComputedWithoutTheCdk =
      noClasses()
          .that()
          .resideInAPackage("..infra.cost..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software..", "io.github.cdklabs..");
}
