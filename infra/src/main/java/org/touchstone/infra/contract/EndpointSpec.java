package org.touchstone.infra.contract;

import java.util.List;
import java.util.stream.Stream;

/** Permissions of endpoints, besides writing their logs and receiving jobs from their queues. */
public final class EndpointSpec {
  /** Reads media, writes reports, reports outcomes to the workflow. */
  private static final List<Grant> WORK =
      List.of(
          Grant.list(),
          Grant.read("media/*", "models/*", "reports/*", "analyses/*"),
          Grant.write("analyses/*", "reports/*"),
          Grant.on(
              Grant.Target.WORKFLOW,
              "states:SendTaskSuccess",
              "states:SendTaskFailure",
              "states:SendTaskHeartbeat"));

  /** The task of a GPU endpoint, which receives its jobs itself. */
  public static final List<Grant> GPU =
      Stream.concat(
              WORK.stream(),
              Stream.of(
                  Grant.on(
                      Grant.Target.QUEUE,
                      "sqs:ReceiveMessage",
                      "sqs:DeleteMessage",
                      "sqs:ChangeMessageVisibility"),
                  Grant.on(
                      Grant.Target.TASKS, "ecs:GetTaskProtection", "ecs:UpdateTaskProtection")))
          .toList();

  /**
   * The function of a CPU endpoint. Lambda polls the queue with the function's role, so the event
   * source brings what concerns the queue: {@link #POLLING}.
   */
  public static final List<Grant> CPU = WORK;

  /** What an event source needs of its queue. The function itself changes the visibility too. */
  public static final List<String> POLLING =
      List.of(
          "sqs:ReceiveMessage",
          "sqs:ChangeMessageVisibility",
          "sqs:GetQueueUrl",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes");

  /** Sends jobs on to the judge of what is said, where there is one. */
  public static final Grant JUDGE = Grant.on(Grant.Target.JUDGE_QUEUE, "sqs:SendMessage");

  private EndpointSpec() {}
}
