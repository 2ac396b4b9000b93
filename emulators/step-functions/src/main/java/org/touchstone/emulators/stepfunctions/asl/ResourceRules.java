package org.touchstone.emulators.stepfunctions.asl;

import java.util.Optional;
import java.util.Set;

/** The resources that a Task may name, and the arguments that each accepts. */
@FunctionalInterface
public interface ResourceRules {
  /** The required and the allowed arguments of one resource. */
  record Arguments(Set<String> required, Set<String> allowed) {}

  /** The rules for a resource; empty when no integration serves it. */
  Optional<Arguments> find(String resource);
}
