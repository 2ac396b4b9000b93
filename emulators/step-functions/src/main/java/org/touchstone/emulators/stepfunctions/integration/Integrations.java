package org.touchstone.emulators.stepfunctions.integration;

import java.util.Map;
import java.util.Optional;
import org.touchstone.emulators.stepfunctions.asl.ResourceRules;

/** The integrations of an engine, by service and action. */
public final class Integrations implements ResourceRules {
  private final Map<String, TaskIntegration> byAction;

  /**
   * @param byAction integrations by {@code service:action}, such as {@code lambda:invoke}
   */
  public Integrations(Map<String, TaskIntegration> byAction) {
    this.byAction = Map.copyOf(byAction);
  }

  @Override
  public Optional<Arguments> find(String resource) {
    return TaskResource.parse(resource)
        .map(r -> byAction.get(key(r)))
        .map(TaskIntegration::arguments);
  }

  /** The integration behind a resource that {@link #find} knows. */
  public TaskIntegration of(TaskResource resource) {
    return byAction.get(key(resource));
  }

  private static String key(TaskResource resource) {
    return resource.service() + ":" + resource.action();
  }
}
