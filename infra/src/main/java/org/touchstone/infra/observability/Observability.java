package org.touchstone.infra.observability;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.api.PublicApi;
import org.touchstone.infra.batches.Batches;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.TouchstoneMetrics;
import org.touchstone.infra.endpoint.Lanes;
import org.touchstone.infra.functions.Functions;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.webhooks.Events;
import org.touchstone.infra.workflow.DetectionWorkflow;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The dashboard, the alarms, and the topic that receives them. */
public final class Observability extends Construct {
  /** A job that waits longer has outlasted a GPU's cold start and its on-demand fallback. */
  private static final int QUEUE_AGE_SECONDS = 1800;

  /** Errors in five minutes that one alarm is raised for. */
  private static final int FEW_ERRORS = 5;

  private final SnsAction tell;

  public Observability(
      Construct scope,
      String id,
      DeploymentConfig config,
      Functions functions,
      Map<String, Function> others,
      DetectionWorkflow workflow,
      PublicApi api,
      List<JobQueue> queues,
      Batches batches,
      Events events,
      Lanes lanes) {
    super(scope, id);
    Topic topic =
        Topic.Builder.create(this, "Alarms")
            .topicName(config.prefix() + "-alarms")
            .displayName("Touchstone")
            .enforceSsl(true)
            .build();
    // A topic's own policy replaces the default that lets alarms publish to it.
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("Alarms")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(
                Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
            .build());
    if (config.alarms().email() != null) {
      topic.addSubscription(new EmailSubscription(config.alarms().email()));
    }
    tell = new SnsAction(topic);
    workflow.alarms().forEach(alarm -> alarm.addAlarmAction(tell));
    functions
        .all()
        .forEach(
            (spec, function) ->
                // It runs a few times an hour, and nobody else sees that it fails.
                alarm(spec.code(), function, spec == FunctionSpec.SWEEP ? 1 : FEW_ERRORS));
    others.forEach((name, function) -> alarm(name, function, FEW_ERRORS));
    alarm(
        "Throttles",
        "Functions are called more than the account lets them run.",
        Function.metricAllThrottles(sum()),
        5);
    alarm("Api5xx", "The API answers with faults.", api.api().metricServerError(sum()), 5);
    alarm(
        "EnvironmentFaults",
        "A machine is at fault: a program, library, model, disk or memory. Its log says which.",
        Metric.Builder.create()
            .namespace(TouchstoneMetrics.NAMESPACE)
            .metricName(TouchstoneMetrics.ENVIRONMENT_FAULTS)
            .statistic("Sum")
            .period(Duration.minutes(5))
            .build(),
        1);
    for (JobQueue jobs : queues) {
      alarm(
          jobs.name() + "QueueAge",
          "Jobs of " + jobs.label() + " wait too long.",
          jobs.queue().metricApproximateAgeOfOldestMessage(max()),
          QUEUE_AGE_SECONDS);
      alarm(
          jobs.name() + "DeadLetters",
          "Lost jobs of " + jobs.label() + " are not ended.",
          jobs.deadLetters().metricApproximateAgeOfOldestMessage(max()),
          QUEUE_AGE_SECONDS);
    }
    alarm(
        "BatchesAge",
        "Batches of links are not looked at.",
        batches.queue().metricApproximateAgeOfOldestMessage(max()),
        QUEUE_AGE_SECONDS);
    alarm(
        "BatchesDeadLetters",
        "A batch of links may have stopped: move the dead letters back once the fault is gone.",
        batches.deadLetters().metricApproximateNumberOfMessagesVisible(max()),
        1);
    alarm(
        "DeadWebhooks",
        "Deliveries to webhooks were given up after a day.",
        Metric.Builder.create()
            .namespace(TouchstoneMetrics.NAMESPACE)
            .metricName(TouchstoneMetrics.DEAD_WEBHOOKS)
            .statistic("Sum")
            .period(Duration.minutes(5))
            .build(),
        1);
    alarm(
        "EventsDeadLetters",
        "Events for webhooks could not be worked on; see docs/webhooks.md.",
        events.deadLetters().metricApproximateNumberOfMessagesVisible(max()),
        1);
    if (config.dashboard()) {
      new OperationsDashboard(
          this,
          "Dashboard",
          config,
          functions,
          others,
          workflow,
          api,
          queues,
          batches,
          events,
          lanes);
    }
  }

  /** Has an alarm that was made elsewhere tell people too. */
  public void tell(Alarm alarm) {
    alarm.addAlarmAction(tell);
  }

  private void alarm(String name, IFunction function, int errors) {
    alarm(name + "Errors", "Function " + name + " fails.", function.metricErrors(sum()), errors);
  }

  private void alarm(String id, String description, IMetric metric, int threshold) {
    Alarm.Builder.create(this, id)
        .alarmDescription(description)
        .metric(metric)
        .threshold(threshold)
        .evaluationPeriods(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build()
        .addAlarmAction(tell);
  }

  static MetricOptions sum() {
    return MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build();
  }

  static MetricOptions max() {
    return MetricOptions.builder().statistic("Maximum").period(Duration.minutes(5)).build();
  }
}
