package org.touchstone.infra.observability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.infra.api.PublicApi;
import org.touchstone.infra.batches.Batches;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.TouchstoneMetrics;
import org.touchstone.infra.endpoint.CpuEndpoint;
import org.touchstone.infra.endpoint.GpuEndpoint;
import org.touchstone.infra.endpoint.Lanes;
import org.touchstone.infra.functions.Functions;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.webhooks.Events;
import org.touchstone.infra.workflow.DetectionWorkflow;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.LogQueryVisualizationType;
import software.amazon.awscdk.services.cloudwatch.LogQueryWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ecs.Ec2Service;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** One dashboard: verdicts, durations, queues, failures and GPU use. */
final class OperationsDashboard extends Construct {
  private static final int WIDTH = 8;
  private static final int PER_ROW = 3;
  private static final Duration PERIOD = Duration.minutes(5);
  private static final String SUM = "Sum";
  private static final String P95 = "p95";

  private final boolean detailed;
  private final List<String> logs;

  OperationsDashboard(
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
    detailed = config.metrics().detailed();
    logs =
        Stream.of(
                functions.all().values().stream()
                    .map(function -> function.getLogGroup().getLogGroupName())
                    .sorted(),
                lanes.cpu().stream().map(endpoint -> endpoint.log().getLogGroupName()),
                lanes.gpu().stream().map(endpoint -> endpoint.log().getLogGroupName()))
            .flatMap(names -> names)
            .toList();
    List<IWidget> widgets = new ArrayList<>();
    widgets.add(detail("Analyses by verdict", "AnalysesEnded", SUM, "Level"));
    widgets.add(detail("Media by kind and verdict", "MediaJudged", SUM, "Modality,Level"));
    widgets.add(
        graph(
            "From request to verdict (ms)",
            touchstone("AnalysisDuration", "p50"),
            touchstone("AnalysisDuration", "p95")));
    widgets.add(detail("Latency by stage (ms, p95)", "StageDuration", P95, "Stage"));
    widgets.add(
        graph(
            "Executions",
            workflow.stateMachine().metricStarted(Observability.sum()),
            workflow.stateMachine().metricFailed(Observability.sum()),
            workflow.stateMachine().metricTimedOut(Observability.sum())));
    widgets.add(
        graph(
            "API",
            api.api().metricCount(Observability.sum()),
            api.api().metricClientError(Observability.sum()),
            api.api().metricServerError(Observability.sum())));
    widgets.add(detail("Detector failures", "DetectorFailures", SUM, "Detector,Reason"));
    widgets.add(detail("Platform failures", "PlatformFailures", SUM, "Platform,Reason"));
    widgets.add(
        graph(
            "Function errors",
            Stream.concat(functions.all().values().stream(), others.values().stream())
                .map(function -> (IMetric) function.metricErrors(Observability.sum()))
                .toArray(IMetric[]::new)));
    widgets.add(
        graph("Faults of machines", touchstone(TouchstoneMetrics.ENVIRONMENT_FAULTS, "Sum")));
    widgets.add(
        graph(
            "Batches: messages in the queue, given up",
            batches.queue().metricApproximateNumberOfMessagesVisible(Observability.max()),
            batches.deadLetters().metricApproximateNumberOfMessagesVisible(Observability.max())));
    webhooks(widgets, events);
    if (!queues.isEmpty()) {
      jobs(widgets, queues);
    }
    if (!lanes.cpu().isEmpty()) {
      cpuLane(widgets, lanes.cpu());
    }
    if (!lanes.gpu().isEmpty()) {
      gpuLane(widgets, lanes.gpu());
    }
    if (functions.all().containsKey(FunctionSpec.MENTIONS)) {
      bot(widgets, functions);
    }
    if (functions.all().containsKey(FunctionSpec.PARTNERS)) {
      widgets.add(questions(functions));
    }
    Dashboard dashboard =
        Dashboard.Builder.create(this, "Dashboard").dashboardName(config.prefix()).build();
    for (int i = 0; i < widgets.size(); i += PER_ROW) {
      dashboard.addWidgets(
          widgets.subList(i, Math.min(i + PER_ROW, widgets.size())).toArray(IWidget[]::new));
    }
  }

  private static void webhooks(List<IWidget> widgets, Events events) {
    widgets.add(
        graph(
            "Webhooks: waiting messages, deliveries given up",
            events.queue().metricApproximateNumberOfMessagesVisible(Observability.max()),
            events.queue().metricApproximateNumberOfMessagesDelayed(Observability.max()),
            touchstone(TouchstoneMetrics.DEAD_WEBHOOKS, SUM)));
  }

  private void jobs(List<IWidget> widgets, List<JobQueue> queues) {
    widgets.add(
        graph(
            "Waiting jobs",
            queues.stream()
                .flatMap(jobs -> Stream.of(jobs.queue(), jobs.bulk()))
                .map(
                    queue ->
                        (IMetric)
                            queue.metricApproximateNumberOfMessagesVisible(Observability.max()))
                .toArray(IMetric[]::new)));
    widgets.add(
        graph(
            "Age of the oldest job (s)",
            queues.stream()
                .flatMap(jobs -> Stream.of(jobs.queue(), jobs.bulk()))
                .map(
                    queue ->
                        (IMetric) queue.metricApproximateAgeOfOldestMessage(Observability.max()))
                .toArray(IMetric[]::new)));
    widgets.add(
        graph(
            "Lost jobs that were ended",
            queues.stream()
                .map(
                    jobs ->
                        (IMetric)
                            jobs.deadLetters().metricNumberOfMessagesDeleted(Observability.sum()))
                .toArray(IMetric[]::new)));
    widgets.add(detail("Jobs ended", "JobsEnded", SUM, "Endpoint,Outcome"));
    widgets.add(graph("Jobs lost", search("JobsLost", "Sum", "Endpoint")));
    widgets.add(detail("Stages of jobs (ms, p95)", "JobStageDuration", P95, "Endpoint,Stage"));
    widgets.add(graph("Wait for a worker (ms, p95)", search("QueueWait", "p95", "Endpoint")));
  }

  private void cpuLane(List<IWidget> widgets, List<CpuEndpoint> endpoints) {
    widgets.add(
        graph(
            "CPU lane: jobs at once, throttles",
            endpoints.stream()
                .flatMap(
                    endpoint ->
                        Stream.<IMetric>of(
                            endpoint.function().metric("ConcurrentExecutions", Observability.max()),
                            endpoint.function().metricThrottles(Observability.sum())))
                .toArray(IMetric[]::new)));
    widgets.add(
        graph(
            "CPU lane: time of a job (ms, p95), which is paid for",
            endpoints.stream()
                .map(
                    endpoint ->
                        (IMetric)
                            endpoint
                                .function()
                                .metricDuration(
                                    MetricOptions.builder()
                                        .statistic(P95)
                                        .period(PERIOD)
                                        .label(endpoint.config().name())
                                        .build()))
                .toArray(IMetric[]::new)));
  }

  private void gpuLane(List<IWidget> widgets, List<GpuEndpoint> endpoints) {
    widgets.add(graph("GPU (%)", search("GpuUtilization", "Average", "Endpoint")));
    widgets.add(graph("GPU memory (%)", search("GpuMemoryUsed", "Average", "Endpoint")));
    widgets.add(
        graph(
            "Running tasks, each one GPU that is paid for",
            endpoints.stream()
                .flatMap(endpoint -> endpoint.services().stream())
                .map(OperationsDashboard::running)
                .toArray(IMetric[]::new)));
    IMetric[] costs =
        endpoints.stream()
            .filter(endpoint -> endpoint.config().usdPerHour() != null)
            .map(OperationsDashboard::cost)
            .toArray(IMetric[]::new);
    if (costs.length > 0) {
      widgets.add(graph("GPU cost (USD an hour, by the price of touchstone.yaml)", costs));
    }
  }

  /** How the bot does on each platform; its log says so, and metrics of each would cost. */
  private static void bot(List<IWidget> widgets, Functions functions) {
    widgets.add(
        graph(
            "Bot: age of the oldest open mention (s), mentions given up",
            touchstone(TouchstoneMetrics.MENTION_QUEUE_AGE, "Maximum"),
            touchstone(TouchstoneMetrics.FAILED_MENTIONS, SUM)));
    String log = functions.function(FunctionSpec.MENTIONS).getLogGroup().getLogGroupName();
    widgets.add(
        botTable(
            "Bot: today, queue, seconds to a reply, month's money",
            log,
            "stats latest(mdc.botSeen) as seen, latest(mdc.botReplied) as replied,"
                + " latest(mdc.botFailed) as failed, latest(mdc.botOpen) as open,"
                + " latest(mdc.botQueueSeconds) as oldest,"
                + " latest(mdc.botLatencySeconds) as seconds,"
                + " latest(mdc.botUsdMicros) / 1000000 as usd,"
                + " latest(mdc.botCapReached) as capped by mdc.botPlatform"));
    widgets.add(
        botTable(
            "Bot: failures by reason, calls left, pauses",
            log,
            "stats latest(mdc.botFailures) as failures, latest(mdc.botRemaining) as left,"
                + " latest(mdc.botPausedFor) as paused by mdc.botPlatform"));
  }

  private static IWidget botTable(String title, String log, String query) {
    return LogQueryWidget.Builder.create()
        .title(title)
        .width(WIDTH)
        .view(LogQueryVisualizationType.TABLE)
        .logGroupNames(List.of(log))
        .queryLines(List.of("filter ispresent(mdc.botPlatform)", query))
        .build();
  }

  /** What each voter was asked and answered; its log says so, and metrics of each would cost. */
  private static IWidget questions(Functions functions) {
    return LogQueryWidget.Builder.create()
        .title("Questions to voters")
        .width(WIDTH)
        .view(LogQueryVisualizationType.TABLE)
        .logGroupNames(
            List.of(functions.function(FunctionSpec.PARTNERS).getLogGroup().getLogGroupName()))
        .queryLines(
            List.of(
                "filter ispresent(mdc.voterOutcome)",
                "stats count(*) as questions, pct(mdc.voterMillis, 95) as p95,"
                    + " sum(mdc.voterUsdMicros) / 1000000 as usd by mdc.voter, mdc.voterOutcome",
                "sort questions desc"))
        .build();
  }

  /** One sample per task and minute. */
  private static IMetric running(Ec2Service service) {
    return service.metricCpuUtilization(
        MetricOptions.builder()
            .statistic("SampleCount")
            .period(Duration.minutes(1))
            .label(service.getServiceName())
            .build());
  }

  /** Running tasks times the price of an instance; each task has its own instance. */
  private static IMetric cost(GpuEndpoint endpoint) {
    Map<String, IMetric> running = new LinkedHashMap<>();
    String prefix = "tasks_" + endpoint.config().name() + "_";
    endpoint.services().forEach(each -> running.put(prefix + running.size(), running(each)));
    String tasks =
        running.keySet().stream()
            .map(metric -> "FILL(" + metric + ", 0)")
            .collect(Collectors.joining(" + "));
    return MathExpression.Builder.create()
        .expression("(" + tasks + ") * " + endpoint.config().usdPerHour())
        .usingMetrics(running)
        .label(endpoint.config().name())
        .period(Duration.minutes(1))
        .build();
  }

  /** What is a metric in CloudWatch only where all are; elsewhere its log lines are added up. */
  private IWidget detail(String title, String metric, String statistic, String dimensions) {
    if (detailed) {
      return graph(title, search(metric, statistic, dimensions));
    }
    String value = statistic.equals(SUM) ? "sum(" + metric + ")" : "pct(" + metric + ", 95)";
    return LogQueryWidget.Builder.create()
        .title(title)
        .width(WIDTH)
        .view(LogQueryVisualizationType.TABLE)
        .logGroupNames(logs)
        .queryLines(
            List.of(
                "filter ispresent(" + metric + ")",
                "stats " + value + " as value by " + dimensions.replace(",", ", "),
                "sort value desc"))
        .build();
  }

  private static IMetric search(String metric, String statistic, String dimensions) {
    String quoted = "{" + TouchstoneMetrics.NAMESPACE + "," + dimensions + "}";
    return MathExpression.Builder.create()
        .expression("SEARCH('" + quoted + " MetricName=\"" + metric + "\"', '" + statistic + "')")
        .usingMetrics(Map.of())
        .label("")
        .period(PERIOD)
        .build();
  }

  private static IMetric touchstone(String metric, String statistic) {
    return Metric.Builder.create()
        .namespace(TouchstoneMetrics.NAMESPACE)
        .metricName(metric)
        .statistic(statistic)
        .label(statistic)
        .period(PERIOD)
        .build();
  }

  private static IWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).width(WIDTH).left(List.of(metrics)).build();
  }
}
