package org.touchstone.infra;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For tests that synthesise: the CDK runs on Node. Without Node 20 or newer they are skipped with a
 * note on standard error; if {@code CI} is set, they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNode.Condition.class)
public @interface NeedsNode {

  /** Looks for Node. */
  final class Condition implements ExecutionCondition {
    private static final int LEAST = 20;
    private static final boolean PRESENT = version() >= LEAST;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (PRESENT || System.getenv("CI") != null) {
        return ConditionEvaluationResult.enabled("Node is there, or has to be");
      }
      String reason = "Skipped: " + context.getDisplayName() + " (needs Node 20 or newer).";
      System.err.println(reason);
      return ConditionEvaluationResult.disabled(reason);
    }

    private static int version() {
      try {
        Process node = new ProcessBuilder("node", "--version").start();
        String version =
            new String(node.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return Integer.parseInt(version.replaceFirst("^v(\\d+)\\..*$", "$1"));
      } catch (IOException | NumberFormatException e) {
        return 0;
      }
    }
  }
}
