package org.touchstone.judge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.touchstone.judge",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule hasNoCyclesBetweenPackages =
      slices().matching("org.touchstone.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyChatsKnowTheirLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("..judge.chat..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.langchain4j..", "..services.bedrockruntime..");
}
