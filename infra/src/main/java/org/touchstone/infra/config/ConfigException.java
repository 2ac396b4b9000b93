package org.touchstone.infra.config;

import java.util.List;

/** A configuration that cannot be deployed; the message lists all problems. */
public final class ConfigException extends RuntimeException {
  private final transient List<String> problems;

  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each problem, with the key it concerns. */
  public List<String> problems() {
    return problems;
  }
}
