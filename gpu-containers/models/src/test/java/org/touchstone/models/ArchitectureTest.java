package org.touchstone.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Models are plain Java, which functions can read too. */
@AnalyzeClasses(
    packages = "org.touchstone.models",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLES =
      slices().matching("org.touchstone.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule MODELS_KNOW_NEITHER_AWS_NOR_NATIVE_CODE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon..", "ai.djl..", "ai.onnxruntime..", "org.bytedeco..");
}
