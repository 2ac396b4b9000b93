package org.touchstone.infra.contract;

import java.util.List;

/** The function that asks the judge of what is said: its size, variables and permissions. */
public final class JudgeSpec {
  /** The module of the handler, which lies in the image of the CPU lane. */
  public static final String MODULE = "gpu-containers/judge";

  public static final String HANDLER = "org.touchstone.judge.job.JudgeHandler::handleRequest";
  public static final int MEMORY_MB = 1024;
  public static final int DISK_MB = 512;

  /** A question with all its votes may take four minutes. */
  public static final int TIMEOUT_SECONDS = 300;

  /** The variable with the judge's description in JSON. */
  public static final String DESCRIPTION = "TOUCHSTONE_JUDGE";

  /** The variable with the start of the names of its secrets. */
  public static final String SECRETS_PREFIX = "TOUCHSTONE_JUDGE_SECRETS_PREFIX";

  /** Reads a transcript, counts what was asked, stores the report, tells the workflow. */
  public static final List<Grant> GRANTS =
      List.of(
          Grant.list(),
          Grant.read("analyses/*", "judge/*"),
          Grant.write("analyses/*", "judge/*"),
          Grant.on(
              Grant.Target.WORKFLOW,
              "states:SendTaskSuccess",
              "states:SendTaskFailure",
              "states:SendTaskHeartbeat"));

  /** For a judge with a key. */
  public static final Grant SECRET =
      Grant.on(Grant.Target.SECRETS, "secretsmanager:GetSecretValue");

  /** For a judge on Bedrock. */
  public static final Grant MODEL = Grant.on(Grant.Target.MODEL, "bedrock:InvokeModel");

  private JudgeSpec() {}
}
