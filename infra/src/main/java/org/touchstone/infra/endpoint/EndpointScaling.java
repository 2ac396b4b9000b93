package org.touchstone.infra.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.touchstone.infra.config.GpuEndpointConfig;
import org.touchstone.infra.config.GpuEndpointConfig.ScheduleConfig;
import org.touchstone.infra.queues.JobQueue;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.applicationautoscaling.AdjustmentTier;
import software.amazon.awscdk.services.applicationautoscaling.AdjustmentType;
import software.amazon.awscdk.services.applicationautoscaling.BasicStepScalingPolicyProps;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.CustomizedMetricSpecificationProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricDimensionProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty;
import software.amazon.awscdk.services.applicationautoscaling.ScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.ScalingInterval;
import software.amazon.awscdk.services.applicationautoscaling.ScalingSchedule;
import software.amazon.awscdk.services.applicationautoscaling.Schedule;
import software.amazon.awscdk.services.applicationautoscaling.ServiceNamespace;
import software.amazon.awscdk.services.applicationautoscaling.StepScalingAction;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.actions.ApplicationScalingAction;
import software.amazon.awscdk.services.ecs.Ec2Service;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Scales the number of tasks of an endpoint.
 *
 * <p>From zero: when jobs wait and none is in progress, no task is running, so one is added at
 * once. This does not need a count of tasks, which ECS does not report at zero. From then on the
 * backlog per task is kept near its target. The backlog includes jobs in progress, so that their
 * task is not removed; a task also protects itself while it works. Jobs that may wait count like
 * others: they are worked too.
 */
final class EndpointScaling extends Construct {
  private static final String VISIBLE = "ApproximateNumberOfMessagesVisible";
  private static final String IN_FLIGHT = "ApproximateNumberOfMessagesNotVisible";

  private static final Duration MINUTE = Duration.minutes(1);

  /** Time from the start of a task to its first job; another task is not added until then. */
  private static final Duration COLD_START = Duration.minutes(10);

  /** How long jobs wait for spot instances before on-demand ones step in. */
  private static final int FALLBACK_AFTER_SECONDS = 600;

  private final GpuEndpointConfig endpoint;
  private final JobQueue jobs;
  private final Ec2Service service;
  private final ScalableTarget tasks;

  EndpointScaling(
      Construct scope,
      String id,
      GpuEndpointConfig endpoint,
      JobQueue jobs,
      Ec2Service service,
      boolean isFallback) {
    super(scope, id);
    this.endpoint = endpoint;
    this.jobs = jobs;
    this.service = service;
    tasks =
        ScalableTarget.Builder.create(this, "Tasks")
            .serviceNamespace(ServiceNamespace.ECS)
            .scalableDimension("ecs:service:DesiredCount")
            .resourceId(
                "service/" + service.getCluster().getClusterName() + "/" + service.getServiceName())
            .role(servicesOwnRole())
            .minCapacity(isFallback ? 0 : endpoint.min())
            .maxCapacity(endpoint.max())
            .build();
    tasks.getNode().addDependency(service);
    if (isFallback) {
      addTask(
          "StepIn",
          "IF((visible > 0 AND age > "
              + FALLBACK_AFTER_SECONDS
              + ") OR (bulkVisible > 0 AND bulkAge > "
              + FALLBACK_AFTER_SECONDS
              + "), 1, 0)");
    } else {
      followBacklog();
    }
  }

  private void followBacklog() {
    addTask("FromZero", "IF(visible + bulkVisible > 0 AND inFlight + bulkInFlight < 1, 1, 0)");
    CfnScalingPolicy.Builder.create(this, "Backlog")
        .policyName(endpoint.name() + "-backlog")
        .policyType("TargetTrackingScaling")
        .scalingTargetId(tasks.getScalableTargetId())
        .targetTrackingScalingPolicyConfiguration(
            TargetTrackingScalingPolicyConfigurationProperty.builder()
                .targetValue(endpoint.backlogPerTask())
                .scaleOutCooldown(COLD_START.toSeconds())
                .scaleInCooldown(Duration.minutes(endpoint.idleMinutes()).toSeconds())
                .customizedMetricSpecification(
                    CustomizedMetricSpecificationProperty.builder()
                        .metrics(
                            List.of(
                                queue("visible", jobs.queue(), VISIBLE),
                                queue("inFlight", jobs.queue(), IN_FLIGHT),
                                queue("bulkVisible", jobs.bulk(), VISIBLE),
                                queue("bulkInFlight", jobs.bulk(), IN_FLIGHT),
                                running(),
                                TargetTrackingMetricDataQueryProperty.builder()
                                    .id("backlogPerTask")
                                    .label("Jobs per task")
                                    .expression(
                                        "(visible + bulkVisible + inFlight + bulkInFlight) / running")
                                    .returnData(true)
                                    .build()))
                        .build())
                .build())
        .build();
    int number = 0;
    for (ScheduleConfig change : endpoint.schedule()) {
      tasks.scaleOnSchedule(
          "Schedule" + number++,
          ScalingSchedule.builder()
              .schedule(Schedule.expression("cron(" + change.cron().trim() + ")"))
              .minCapacity(change.min())
              .maxCapacity(change.max())
              .build());
    }
  }

  /**
   * Stops all tasks above the minimum, of all services of one queue, when the queue has been empty
   * for a while. One alarm serves all of them, because alarms are charged by their metrics.
   */
  static void leaveWhenIdle(
      Construct scope, GpuEndpointConfig endpoint, JobQueue jobs, List<EndpointScaling> services) {
    Alarm idle =
        Alarm.Builder.create(scope, "Idle")
            .alarmDescription("Endpoint " + endpoint.name() + " has nothing to do.")
            .metric(sqs(jobs, "IF(visible + bulkVisible + inFlight + bulkInFlight < 1, 1, 0)"))
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .threshold(1)
            .evaluationPeriods(endpoint.idleMinutes())
            .build();
    for (EndpointScaling service : services) {
      StepScalingAction leave =
          StepScalingAction.Builder.create(service, "Leave")
              .scalingTarget(service.tasks)
              .adjustmentType(AdjustmentType.CHANGE_IN_CAPACITY)
              .cooldown(MINUTE)
              .build();
      leave.addAdjustment(
          AdjustmentTier.builder().lowerBound(0).adjustment(-endpoint.mostTasks()).build());
      idle.addAlarmAction(new ApplicationScalingAction(leave));
    }
  }

  /** The role that Application Auto Scaling creates for ECS; it does not use another. */
  private IRole servicesOwnRole() {
    return Role.fromRoleArn(
        this,
        "Role",
        Stack.of(this)
            .formatArn(
                ArnComponents.builder()
                    .service("iam")
                    .region("")
                    .resource("role/aws-service-role/ecs.application-autoscaling.amazonaws.com")
                    .resourceName("AWSServiceRoleForApplicationAutoScaling_ECSService")
                    .build()));
  }

  /** Adds a task when an expression is 1. */
  private void addTask(String id, String expression) {
    tasks.scaleOnMetric(
        id,
        BasicStepScalingPolicyProps.builder()
            .metric(sqs(jobs, expression))
            .adjustmentType(AdjustmentType.CHANGE_IN_CAPACITY)
            .scalingSteps(
                List.of(
                    ScalingInterval.builder().lower(0).upper(1).change(0).build(),
                    ScalingInterval.builder().lower(1).change(1).build()))
            .evaluationPeriods(1)
            .cooldown(COLD_START)
            .build());
  }

  private static IMetric sqs(JobQueue jobs, String expression) {
    MetricOptions each = MetricOptions.builder().period(MINUTE).statistic("Maximum").build();
    Map<String, IMetric> all =
        Map.of(
            "visible", jobs.queue().metricApproximateNumberOfMessagesVisible(each),
            "inFlight", jobs.queue().metricApproximateNumberOfMessagesNotVisible(each),
            "age", jobs.queue().metricApproximateAgeOfOldestMessage(each),
            "bulkVisible", jobs.bulk().metricApproximateNumberOfMessagesVisible(each),
            "bulkInFlight", jobs.bulk().metricApproximateNumberOfMessagesNotVisible(each),
            "bulkAge", jobs.bulk().metricApproximateAgeOfOldestMessage(each));
    Map<String, IMetric> used = new TreeMap<>(all);
    Set<String> named = Set.copyOf(List.of(expression.split("\\W+")));
    used.keySet().retainAll(named);
    return MathExpression.Builder.create()
        .expression(expression)
        .usingMetrics(used)
        .period(MINUTE)
        .build();
  }

  private static TargetTrackingMetricDataQueryProperty queue(
      String id, IQueue queue, String metric) {
    return query(id, "AWS/SQS", metric, "Maximum", Map.of("QueueName", queue.getQueueName()));
  }

  /** ECS writes one sample of a service's CPU use per task and minute. */
  private TargetTrackingMetricDataQueryProperty running() {
    return query(
        "running",
        "AWS/ECS",
        "CPUUtilization",
        "SampleCount",
        Map.of(
            "ClusterName", service.getCluster().getClusterName(),
            "ServiceName", service.getServiceName()));
  }

  private static TargetTrackingMetricDataQueryProperty query(
      String id,
      String namespace,
      String metric,
      String statistic,
      Map<String, String> dimensions) {
    return TargetTrackingMetricDataQueryProperty.builder()
        .id(id)
        .metricStat(
            TargetTrackingMetricStatProperty.builder()
                .metric(
                    TargetTrackingMetricProperty.builder()
                        .namespace(namespace)
                        .metricName(metric)
                        .dimensions(
                            new TreeMap<>(dimensions)
                                .entrySet().stream()
                                    .map(
                                        dimension ->
                                            TargetTrackingMetricDimensionProperty.builder()
                                                .name(dimension.getKey())
                                                .value(dimension.getValue())
                                                .build())
                                    .toList())
                        .build())
                .stat(statistic)
                .build())
        .returnData(false)
        .build();
  }
}
