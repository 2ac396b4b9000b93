package org.touchstone.storage;

import java.util.Objects;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** The executions of the analysis workflow. The name of each is its analysis' id. */
public final class Executions {
  private static final String STATE_MACHINE = ":stateMachine:";
  private static final String EXECUTION = ":execution:";

  private final SfnClient stepFunctions;
  private final String prefix;

  /**
   * @param stateMachineArn the analysis workflow
   */
  public Executions(SfnClient stepFunctions, String stateMachineArn) {
    this.stepFunctions = Objects.requireNonNull(stepFunctions, "stepFunctions");
    this.prefix = stateMachineArn.replace(STATE_MACHINE, EXECUTION) + ":";
  }

  /** Stops an analysis' execution; does nothing when it has ended or was never started. */
  public void stop(String analysisId) {
    String arn = prefix + Keys.analysisId(analysisId);
    try {
      stepFunctions.stopExecution(
          stop ->
              stop.executionArn(arn).error("AnalysisDeleted").cause("The analysis was deleted."));
    } catch (ExecutionDoesNotExistException e) {
      // It was not started, or so long ago that Step Functions has forgotten it.
    }
  }
}
