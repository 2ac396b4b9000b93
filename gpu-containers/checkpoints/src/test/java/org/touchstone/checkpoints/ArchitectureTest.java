package org.touchstone.checkpoints;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.touchstone.checkpoints", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("org.touchstone.(**)").should().beFreeOfCycles();

  /** The registry may use the networks; the code that networks share may use neither. */
  @ArchTest
  static final ArchRule sharedCodeNamesNoNetwork =
      noClasses()
          .that()
          .resideOutsideOfPackage("..networks.*..")
          .and()
          .doNotHaveSimpleName("Networks")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..networks.*..");

  @ArchTest
  static final ArchRule importingNeedsNoDetectors =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.touchstone.detectors..");
}
