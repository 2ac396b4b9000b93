package org.touchstone.intake.truemedia;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The records of this layer's answers, which the contract names as they are named here. */
public final class TrueMediaTypes {
  private TrueMediaTypes() {}

  public static Map<String, Class<?>> byName() {
    return Arrays.stream(Answers.class.getDeclaredClasses())
        .collect(Collectors.toMap(Class::getSimpleName, type -> type));
  }
}
