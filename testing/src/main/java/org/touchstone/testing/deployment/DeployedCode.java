package org.touchstone.testing.deployment;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The project's classes on the class path of a module's tests.
 *
 * @param all without those of tests and of what serves tests
 * @param own those of the module
 */
record DeployedCode(JavaClasses all, JavaClasses own) {
  private static final String PROJECT = "org.touchstone";
  private static final String[] FOR_TESTS = {PROJECT + ".testing..", PROJECT + ".emulators.."};

  static DeployedCode of(String rootPackage) {
    JavaClasses all =
        ArchConfiguration.withThreadLocalScope(
                configuration -> {
                  // What is asked is which methods of the JDK a class overrides; the classes of all
                  // libraries would take a minute.
                  configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
                  configuration.setClassResolverArguments("java");
                  return new ClassFileImporter()
                      .withImportOption(new ImportOption.DoNotIncludeTests())
                      .importPackages(PROJECT);
                })
            .that(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(FOR_TESTS)));
    JavaClasses own = all.that(JavaClass.Predicates.resideInAPackage(rootPackage + ".."));
    if (own.isEmpty()) {
      throw new IllegalArgumentException("no class is in " + rootPackage);
    }
    return new DeployedCode(all, own);
  }

  /** The classes that can be chosen as a handler, by their names. */
  SortedMap<String, JavaClass> handlers() {
    SortedMap<String, JavaClass> handlers = new TreeMap<>();
    for (JavaClass each : own) {
      each.tryGetAnnotationOfType("jakarta.inject.Named")
          .map(named -> (String) named.get("value").orElseThrow())
          .ifPresent(name -> handlers.put(name, each));
    }
    return handlers;
  }

  /** What a handler runs: itself, and the beans that others make for it. */
  List<JavaClass> startsOf(JavaClass handler) {
    return Stream.concat(Stream.of(handler), own.stream().filter(DeployedCode::makesBeans))
        .toList();
  }

  private static boolean makesBeans(JavaClass each) {
    return each.getMethods().stream().anyMatch(DeployedCode::makesABean);
  }

  /** Whether a method is one by which CDI makes a bean. */
  static boolean makesABean(JavaMethod method) {
    return method.isAnnotatedWith("jakarta.enterprise.inject.Produces");
  }
}
