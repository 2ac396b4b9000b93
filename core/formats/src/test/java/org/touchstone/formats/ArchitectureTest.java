package org.touchstone.formats;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.touchstone.formats", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("org.touchstone.(**)").should().beFreeOfCycles();

  /** In particular neither native code nor AWS nor any network. */
  @ArchTest
  static final ArchRule standsOnTheDomainAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.touchstone.formats..",
              "org.touchstone.domain..",
              "java.io",
              "java.lang..",
              "java.nio..",
              "java.util..");
}
