package org.touchstone.infra.contract;

import java.util.List;

/** Permissions of the task of a GPU endpoint, besides writing its log. */
public final class EndpointSpec {
  /**
   * Reads media, writes reports, receives jobs from its queue, reports outcomes to the workflow.
   */
  public static final List<Grant> GRANTS =
      List.of(
          Grant.list(),
          Grant.read("media/*", "models/*", "reports/*", "analyses/*"),
          Grant.write("analyses/*", "reports/*"),
          Grant.on(
              Grant.Target.QUEUE,
              "sqs:ReceiveMessage",
              "sqs:DeleteMessage",
              "sqs:ChangeMessageVisibility"),
          Grant.on(
              Grant.Target.WORKFLOW,
              "states:SendTaskSuccess",
              "states:SendTaskFailure",
              "states:SendTaskHeartbeat"),
          Grant.on(Grant.Target.TASKS, "ecs:GetTaskProtection", "ecs:UpdateTaskProtection"));

  private EndpointSpec() {}
}
