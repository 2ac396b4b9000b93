package org.touchstone.infra.endpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.infra.config.EndpointConfig;
import org.touchstone.infra.config.EndpointConfig.ScheduleConfig;
import software.amazon.awscdk.Duration;
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
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ecs.Ec2Service;
import software.constructs.Construct;

/**
 * How many tasks of an endpoint run.
 *
 * <p>From zero: jobs that wait while none is worked on mean that nobody is there, so a task is
 * added at once; this needs no count of tasks, which ECS does not report while there are none. From
 * then on the backlog per task, waiting and worked on, is kept near its target. Jobs under way are
 * part of it, so that the last task is not taken from them; besides, it protects itself while it
 * works.
 */
final class EndpointScaling extends Construct {
  private static final Duration MINUTE = Duration.minutes(1);

  /** The time a task needs from nothing to its first job; until then no other is added for it. */
  private static final Duration COLD_START = Duration.minutes(10);

  /** How long jobs wait for spot instances before on-demand ones step in. */
  private static final int FALLBACK_AFTER_SECONDS = 600;

  private final EndpointConfig endpoint;
  private final JobQueue jobs;
  private final Ec2Service service;
  private final ScalableTarget tasks;

  EndpointScaling(
      Construct scope,
      String id,
      EndpointConfig endpoint,
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
            .minCapacity(isFallback ? 0 : endpoint.min())
            .maxCapacity(endpoint.max())
            .build();
    tasks.getNode().addDependency(service);
    if (isFallback) {
      stepInWhenJobsWait();
    } else {
      followBacklog();
    }
  }

  private void followBacklog() {
    step("FromZero", sqs("IF(visible > 0 AND inFlight < 1, 1, 0)"), 1, 1, COLD_START);
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
                                queue("visible", "ApproximateNumberOfMessagesVisible"),
                                queue("inFlight", "ApproximateNumberOfMessagesNotVisible"),
                                running(),
                                TargetTrackingMetricDataQueryProperty.builder()
                                    .id("backlogPerTask")
                                    .label("Jobs per task")
                                    .expression("(visible + inFlight) / running")
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

  private void stepInWhenJobsWait() {
    step(
        "StepIn",
        sqs("IF(visible > 0 AND age > " + FALLBACK_AFTER_SECONDS + ", 1, 0)"),
        1,
        1,
        COLD_START);
    step(
        "StepBack",
        sqs("IF(visible + inFlight < 1, 1, 0)"),
        -endpoint.max(),
        endpoint.idleMinutes(),
        MINUTE);
  }

  /** Changes the number of tasks when an expression has been 1 for some minutes. */
  private void step(String id, IMetric metric, int change, int minutes, Duration cooldown) {
    tasks.scaleOnMetric(
        id,
        BasicStepScalingPolicyProps.builder()
            .metric(metric)
            .adjustmentType(AdjustmentType.CHANGE_IN_CAPACITY)
            .scalingSteps(
                List.of(
                    ScalingInterval.builder().lower(0).upper(1).change(0).build(),
                    ScalingInterval.builder().lower(1).change(change).build()))
            .evaluationPeriods(minutes)
            .cooldown(cooldown)
            .build());
  }

  private IMetric sqs(String expression) {
    MetricOptions each = MetricOptions.builder().period(MINUTE).statistic("Maximum").build();
    Map<String, IMetric> all =
        Map.of(
            "visible", jobs.queue().metricApproximateNumberOfMessagesVisible(each),
            "inFlight", jobs.queue().metricApproximateNumberOfMessagesNotVisible(each),
            "age", jobs.queue().metricApproximateAgeOfOldestMessage(each));
    Map<String, IMetric> used = new TreeMap<>(all);
    used.keySet().removeIf(name -> !expression.contains(name));
    return MathExpression.Builder.create()
        .expression(expression)
        .usingMetrics(used)
        .period(MINUTE)
        .build();
  }

  private TargetTrackingMetricDataQueryProperty queue(String id, String metric) {
    return query(
        id, "AWS/SQS", metric, "Maximum", Map.of("QueueName", jobs.queue().getQueueName()));
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
