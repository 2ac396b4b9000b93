package org.touchstone.c2pa;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.touchstone.c2pa",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.touchstone.c2pa.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule KNOWS_NOTHING_ELSE_OF_OURS =
      noClasses()
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "belong to other modules of Touchstone",
                  c ->
                      c.getPackageName().startsWith("org.touchstone.")
                          && !c.getPackageName().startsWith("org.touchstone.c2pa")));
}
