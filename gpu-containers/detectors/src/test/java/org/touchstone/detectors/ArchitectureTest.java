package org.touchstone.detectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Detectors look at files. Where these come from is not their business. */
@AnalyzeClasses(
    packages = "org.touchstone.detectors",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLES =
      slices().matching("org.touchstone.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule DETECTORS_KNOW_NEITHER_AWS_NOR_STORAGE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "org.touchstone.storage..");
}
