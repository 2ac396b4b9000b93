package org.touchstone.infra.workflow;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/**
 * The state machine of {@code statemachine/analysis.asl.json}, with its placeholders substituted.
 * It is logged without data, traced, and watched for executions that fail or time out.
 */
public final class DetectionWorkflow extends Construct {
  private final StateMachine stateMachine;
  private final String executionArns;
  private final List<Alarm> alarms;

  /**
   * @param queues of the endpoints
   */
  public DetectionWorkflow(
      Construct scope,
      String id,
      DeploymentConfig config,
      Artefacts artefacts,
      Steps steps,
      List<IQueue> queues,
      IEventBus bus) {
    super(scope, id);
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/aws/vendedlogs/states/" + config.prefix() + "-analysis")
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("states.amazonaws.com"))
            .description("What the analysis workflow may do")
            .build();
    allow(role, "lambda:InvokeFunction", steps.arns());
    if (!queues.isEmpty()) {
      allow(role, "sqs:SendMessage", queues.stream().map(IQueue::getQueueArn).toList());
    }
    allow(role, "events:PutEvents", List.of(bus.getEventBusArn()));
    String name = config.prefix() + "-analysis";
    executionArns =
        Stack.of(this)
            .formatArn(
                ArnComponents.builder()
                    .service("states")
                    .resource("execution")
                    .resourceName(name + ":*")
                    .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                    .build());
    stateMachine =
        StateMachine.Builder.create(this, "StateMachine")
            .stateMachineName(name)
            .stateMachineType(StateMachineType.STANDARD)
            .definitionBody(DefinitionBody.fromString(artefacts.workflow()))
            .definitionSubstitutions(
                Map.of(
                    "ResolveFunctionArn", steps.resolve().getFunctionArn(),
                    "VoteFunctionArn", steps.vote().getFunctionArn(),
                    "RecordFailureFunctionArn", steps.recordFailure().getFunctionArn(),
                    "EventBusName", bus.getEventBusName()))
            .role(role)
            .tracingEnabled(true)
            .logs(
                LogOptions.builder()
                    .destination(log)
                    .level(LogLevel.ALL)
                    .includeExecutionData(false)
                    .build())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Suppressions.allowWildcards(
        role,
        "CloudWatch's log delivery and X-Ray's write actions know no resources.",
        List.of("Resource::*"));
    recordWhatTheWorkflowCannot(steps.recordFailure());
    MetricOptions sum =
        MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build();
    alarms =
        List.of(
            alarm("Failed", "An analysis failed by a fault.", stateMachine.metricFailed(sum)),
            alarm("TimedOut", "An analysis took too long.", stateMachine.metricTimedOut(sum)),
            alarm(
                "Throttled",
                "The account's rate of state transitions is used up.",
                stateMachine.metricThrottled(sum)));
  }

  /**
   * The functions that the workflow calls, as aliases.
   *
   * @param resolve turns the input into media
   * @param vote turns reports into a verdict
   * @param recordFailure records an analysis without a verdict
   */
  public record Steps(IFunction resolve, IFunction vote, IFunction recordFailure) {
    private List<String> arns() {
      return List.of(
          resolve.getFunctionArn(), vote.getFunctionArn(), recordFailure.getFunctionArn());
    }
  }

  /**
   * Records the failure of executions that cannot do so themselves: those that are stopped, time
   * out or fail while recording. Earlier records remain unchanged.
   */
  private void recordWhatTheWorkflowCannot(IFunction recordFailure) {
    Rule.Builder.create(this, "Ended")
        .description("Records analyses whose executions failed, timed out or were stopped")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.states"))
                .detailType(List.of("Step Functions Execution Status Change"))
                .detail(
                    Map.of(
                        "stateMachineArn", List.of(stateMachine.getStateMachineArn()),
                        "status", List.of("FAILED", "TIMED_OUT", "ABORTED")))
                .build())
        .targets(
            List.of(
                LambdaFunction.Builder.create(recordFailure)
                    .event(
                        RuleTargetInput.fromObject(
                            Map.of(
                                "analysisId", EventField.fromPath("$.detail.name"),
                                "error", EventField.fromPath("$.detail.status"),
                                "cause", "The execution did not end by itself.")))
                    .build()))
        .build();
  }

  private static void allow(Role role, String action, List<String> resources) {
    role.addToPolicy(
        PolicyStatement.Builder.create().actions(List.of(action)).resources(resources).build());
  }

  private Alarm alarm(String id, String description, IMetric metric) {
    return Alarm.Builder.create(this, id)
        .alarmDescription(description)
        .metric(metric)
        .threshold(1)
        .evaluationPeriods(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }

  public StateMachine stateMachine() {
    return stateMachine;
  }

  /** A pattern of the ARNs of all its executions. */
  public String executionArns() {
    return executionArns;
  }

  /** Alarms on executions that fail, time out or are throttled. */
  public List<Alarm> alarms() {
    return alarms;
  }
}
