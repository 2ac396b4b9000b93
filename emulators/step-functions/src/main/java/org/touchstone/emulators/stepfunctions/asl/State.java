package org.touchstone.emulators.stepfunctions.asl;

import java.util.List;
import org.touchstone.emulators.stepfunctions.jsonata.Template;

/**
 * One state. {@code next} is null where the state ends its graph; templates are null where the
 * field is absent.
 */
public sealed interface State {
  String name();

  /** The type as written in a definition and in the names of history events. */
  String type();

  /** A state that may be retried and whose errors may be caught. */
  sealed interface Recoverable extends State {
    List<Retrier> retriers();

    List<Catcher> catchers();
  }

  /**
   * Work done by an integration.
   *
   * @param resource the integration's resource ARN
   */
  record Task(
      String name,
      String resource,
      Template arguments,
      Template timeoutSeconds,
      Template heartbeatSeconds,
      Effects effects,
      List<Retrier> retriers,
      List<Catcher> catchers,
      String next)
      implements Recoverable {
    @Override
    public String type() {
      return "Task";
    }
  }

  /** The same graph for each item of an array. */
  record MapItems(
      String name,
      Template items,
      Template itemSelector,
      Template maxConcurrency,
      Template toleratedFailureCount,
      Template toleratedFailurePercentage,
      StateGraph processor,
      Effects effects,
      List<Retrier> retriers,
      List<Catcher> catchers,
      String next)
      implements Recoverable {
    @Override
    public String type() {
      return "Map";
    }
  }

  /** Several graphs at once on the same input. */
  record Parallel(
      String name,
      Template arguments,
      List<StateGraph> branches,
      Effects effects,
      List<Retrier> retriers,
      List<Catcher> catchers,
      String next)
      implements Recoverable {
    @Override
    public String type() {
      return "Parallel";
    }
  }

  /** One rule of a Choice. */
  record Rule(Template condition, Effects effects, String next) {}

  /** A fork in the way. {@code defaultNext} is null where there is none. */
  record Choice(String name, List<Rule> rules, Effects effects, String defaultNext)
      implements State {
    @Override
    public String type() {
      return "Choice";
    }
  }

  /** Data in, data out. */
  record Pass(String name, Effects effects, String next) implements State {
    @Override
    public String type() {
      return "Pass";
    }
  }

  /** A delay: exactly one of {@code seconds} and {@code timestamp} is there. */
  record Wait(String name, Template seconds, Template timestamp, Effects effects, String next)
      implements State {
    @Override
    public String type() {
      return "Wait";
    }
  }

  /** A good end. */
  record Succeed(String name, Effects effects) implements State {
    @Override
    public String type() {
      return "Succeed";
    }
  }

  /** A bad end. */
  record Fail(String name, Template error, Template cause) implements State {
    @Override
    public String type() {
      return "Fail";
    }
  }
}
