package org.touchstone.provenance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.touchstone.provenance", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("org.touchstone.(**)").should().beFreeOfCycles();

  /** In particular neither native code nor AWS nor any network: the resolve function reads it. */
  @ArchTest
  static final ArchRule readsInPlainJava =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.touchstone.provenance..",
              "org.touchstone.formats..",
              "org.touchstone.domain..",
              "org.touchstone.c2pa..",
              "com.drew..",
              "com.fasterxml.jackson..",
              "java.io",
              "java.lang..",
              "java.math",
              "java.nio..",
              "java.security.cert",
              "java.time..",
              "java.util..",
              "javax.naming..",
              "javax.security.auth.x500",
              "javax.xml.stream");
}
