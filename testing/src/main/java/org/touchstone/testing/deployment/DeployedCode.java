package org.touchstone.testing.deployment;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The project's classes on the class path of a module's tests.
 *
 * @param all all classes, without those for tests
 * @param own the module's classes
 */
record DeployedCode(JavaClasses all, JavaClasses own) {
  private static final String PROJECT = "org.touchstone";
  private static final String[] FOR_TESTS = {PROJECT + ".testing..", PROJECT + ".emulators.."};

  static DeployedCode of(String rootPackage) {
    JavaClasses all =
        ArchConfiguration.withThreadLocalScope(
                configuration -> {
                  // Only the overridden methods of the JDK matter here; importing the classes of
                  // all libraries would take a minute.
                  configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
                  configuration.setClassResolverArguments("java");
                  return new ClassFileImporter()
                      .withImportOption(new ImportOption.DoNotIncludeTests())
                      .importPackages(PROJECT);
                })
            .that(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(FOR_TESTS)));
    JavaClasses own = all.that(JavaClass.Predicates.resideInAPackage(rootPackage + ".."));
    if (own.isEmpty()) {
      throw new IllegalArgumentException("found no class in " + rootPackage);
    }
    return new DeployedCode(all, own);
  }

  /** The available handler classes, by handler name. */
  SortedMap<String, JavaClass> handlers() {
    SortedMap<String, JavaClass> handlers = new TreeMap<>();
    for (JavaClass each : own) {
      each.tryGetAnnotationOfType("jakarta.inject.Named")
          .map(named -> (String) named.get("value").orElseThrow())
          .ifPresent(name -> handlers.put(name, each));
    }
    return handlers;
  }

  /** The entry points of a handler: the handler itself, and the producers of its beans. */
  List<JavaClass> startsOf(JavaClass handler) {
    return Stream.concat(
            Stream.of(handler), own.stream().filter(each -> makesABeanFor(handler, each)))
        .toList();
  }

  /** Whether a class makes a bean that a handler is given, or one that such a bean is given. */
  private boolean makesABeanFor(JavaClass handler, JavaClass each) {
    return producers(each).anyMatch(given(handler)::contains);
  }

  /** The methods that make the beans of a handler. */
  private Set<JavaMethod> given(JavaClass handler) {
    Set<JavaMethod> given = new HashSet<>();
    Deque<JavaClass> wanted = new ArrayDeque<>();
    handler.getConstructors().forEach(each -> wanted.addAll(each.getRawParameterTypes()));
    while (!wanted.isEmpty()) {
      JavaClass type = wanted.remove();
      own.stream()
          .flatMap(DeployedCode::producers)
          .filter(method -> method.getRawReturnType().isAssignableTo(type.getName()))
          .filter(given::add)
          .forEach(method -> wanted.addAll(method.getRawParameterTypes()));
    }
    return given;
  }

  private static Stream<JavaMethod> producers(JavaClass each) {
    return each.getMethods().stream().filter(DeployedCode::makesABean);
  }

  /** Whether CDI creates a bean with this method. */
  static boolean makesABean(JavaMethod method) {
    return method.isAnnotatedWith("jakarta.enterprise.inject.Produces");
  }
}
