package org.touchstone.testing.deployment;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All code reachable by calls from a starting point, which includes at least everything that ever
 * runs. A call of a method may reach every method that overrides it. A library may call every
 * override of its own methods, once an instance exists.
 */
final class Reach {
  private static final String METRIC = "org.touchstone.telemetry.Metric";

  private final JavaClasses all;
  private final Set<JavaCodeUnit> reached = new HashSet<>();
  private final Set<JavaClass> made = new HashSet<>();
  private final Deque<JavaCodeUnit> waiting = new ArrayDeque<>();
  private final SortedSet<String> permissions = new TreeSet<>();
  private final SortedSet<String> metrics = new TreeSet<>();

  private Reach(JavaClasses all) {
    this.all = all;
  }

  static Reach from(JavaClasses all, Iterable<JavaClass> starts) {
    Reach reach = new Reach(all);
    starts.forEach(start -> start.getCodeUnits().forEach(reach::add));
    reach.follow();
    return reach;
  }

  /** The IAM actions for the calls of the AWS SDK. */
  SortedSet<String> permissions() {
    return permissions;
  }

  /** The constants of {@code Metric}. */
  SortedSet<String> metrics() {
    return metrics;
  }

  private void add(JavaCodeUnit unit) {
    if (reached.add(unit)) {
      waiting.add(unit);
      if (made.add(unit.getOwner())) {
        unit.getOwner().getStaticInitializer().ifPresent(this::add);
        calledByLibraries(unit.getOwner()).forEach(this::add);
      }
    }
  }

  private void follow() {
    while (!waiting.isEmpty()) {
      JavaCodeUnit unit = waiting.remove();
      Stream.of(
              unit.getCallsFromSelf().stream().map(call -> call.getTarget()),
              unit.getMethodReferencesFromSelf().stream().map(call -> call.getTarget()),
              unit.getConstructorReferencesFromSelf().stream().map(call -> call.getTarget()))
          .flatMap(targets -> targets)
          .forEach(this::called);
      for (JavaFieldAccess access : unit.getFieldAccesses()) {
        if (access.getTargetOwner().getName().equals(METRIC)
            && !unit.getOwner().getName().equals(METRIC)
            && access.getTarget().getRawType().getName().equals(METRIC)) {
          metrics.add(access.getTarget().getName());
        }
      }
    }
  }

  private void called(AccessTarget.CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    permissions.addAll(SdkCalls.permissions(owner.getName(), target.getName()));
    target
        .resolveMember()
        .filter(unit -> all.contain(unit.getOwner().getName()))
        .ifPresent(this::add);
    if (all.contain(owner.getName()) && target instanceof AccessTarget.MethodCallTarget
        || target instanceof AccessTarget.MethodReferenceTarget) {
      owner.getAllSubclasses().stream()
          .filter(below -> all.contain(below.getName()))
          .flatMap(
              below ->
                  below
                      .tryGetMethod(target.getName(), names(target.getRawParameterTypes()))
                      .stream())
          .forEach(this::add);
    }
  }

  /** Methods that override a method of a class outside the project. */
  private Stream<JavaMethod> calledByLibraries(JavaClass owner) {
    Set<JavaClass> libraries = new HashSet<>(owner.getAllRawInterfaces());
    libraries.addAll(owner.getAllRawSuperclasses());
    libraries.removeIf(type -> all.contain(type.getName()));
    return owner.getMethods().stream()
        .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
        .filter(
            method ->
                libraries.stream()
                    .anyMatch(
                        type ->
                            // A class that was not imported is unknown.
                            type.getMethods().isEmpty()
                                || type.getMethods().stream()
                                    .anyMatch(m -> m.getName().equals(method.getName()))));
  }

  private static String[] names(List<JavaClass> types) {
    return types.stream().map(JavaClass::getName).toArray(String[]::new);
  }
}
