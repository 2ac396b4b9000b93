package org.touchstone.infra.buying;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.api.ApiContract.Route;
import org.touchstone.infra.config.BillingConfig;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.functions.Functions;
import org.touchstone.infra.security.KeySecrets;
import org.touchstone.infra.security.Permissions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Sells Touchstone: a function that tells usage to AWS Marketplace and Stripe every quarter of an
 * hour, one that buyers and Stripe call, and one that works the queue of AWS Marketplace's notices.
 * Alarms say when an export is late, long before usage is no longer accepted after six hours.
 */
public final class Buying extends Construct {
  private static final int MAX_RECEIVES = 5;
  private static final int RUNS_PER_HOUR = 4;

  private final BillingConfig sold;
  private final KeySecrets secrets;
  private final List<Alarm> alarms = new ArrayList<>();
  private IFunction desk;

  /**
   * @param key encrypts the secret, or null for Secrets Manager's own key
   */
  public Buying(Construct scope, String id, DeploymentConfig config, IKey key) {
    super(scope, id);
    sold = config.billing();
    secrets = new KeySecrets(this, config.prefix() + "/billing/", key);
    if (sold.stripe() != null) {
      secrets.add(
          "Stripe",
          "stripe",
          "Stripe's keys, such as {\"apiKey\": \"rk_...\", \"webhookSecret\": \"whsec_...\"}");
    }
  }

  /** Creates the functions. */
  public void work(
      DeploymentConfig config,
      Functions functions,
      Map<Setting, String> settings,
      Permissions permissions) {
    settings.put(Setting.BILLING_SOLD, sold.json());
    settings.put(Setting.BILLING_SECRETS_PREFIX, secrets.prefix());
    Permissions mine =
        permissions
            .with(Grant.Target.SECRETS, secrets.arnPattern())
            .with(Grant.Target.ANYTHING, "*");
    Alias export = functions.add(FunctionSpec.EXPORT, settings, mine);
    Rule.Builder.create(this, "Schedule")
        .description("Tells usage to whoever bills it")
        // Five minutes after each hour its usage is complete; the other runs try again.
        .schedule(Schedule.expression("cron(5/15 * * * ? *)"))
        .targets(List.of(LambdaFunction.Builder.create(export).retryAttempts(0).build()))
        .build();
    alarm(
        "ExportLate",
        "Usage was not told to whoever bills it, or something about it needs a person: see the"
            + " export function's log.",
        export.metricErrors(sum(Duration.minutes(15))),
        ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        1,
        TreatMissingData.NOT_BREACHING);
    alarm(
        "ExportStopped",
        "The export of usage has not run for an hour.",
        export.metricInvocations(sum(Duration.hours(1))),
        ComparisonOperator.LESS_THAN_THRESHOLD,
        RUNS_PER_HOUR / 2,
        TreatMissingData.BREACHING);
    desk = functions.add(FunctionSpec.BUYING, settings, mine);
    if (sold.marketplace() != null) {
      notices(config, functions.add(FunctionSpec.NOTICES, settings, mine));
    }
  }

  /** AWS Marketplace's notices: events of this account's bus, and messages of its older topic. */
  private void notices(DeploymentConfig config, IFunction function) {
    String name = config.prefix() + "-marketplace-notices";
    Queue deadLetters = queue("DeadLetters", name + "-dead-letters").build();
    Queue queue =
        queue("Notices", name)
            .visibilityTimeout(Duration.minutes(3))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
    String product = sold.marketplace().productCode();
    queue.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("Topic")
            .principals(List.of(new ServicePrincipal("sns.amazonaws.com")))
            .actions(List.of("sqs:SendMessage"))
            .resources(List.of(queue.getQueueArn()))
            .conditions(
                Map.of(
                    "ArnLike",
                    Map.of(
                        "aws:SourceArn",
                        "arn:%s:sns:*:*:aws-mp-subscription-notification-%s"
                            .formatted(Stack.of(this).getPartition(), product))))
            .build());
    Rule.Builder.create(this, "Licences")
        .description("Hears that a licence of this product goes on or has ended")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.agreement-marketplace"))
                .detailType(
                    List.of(
                        "License Updated - Manufacturer", "License Deprovisioned - Manufacturer"))
                .detail(Map.of("product", Map.of("code", List.of(product))))
                .build())
        .targets(List.of(new SqsQueue(queue)))
        .build();
    function.addEventSource(
        SqsEventSource.Builder.create(queue).batchSize(10).reportBatchItemFailures(true).build());
    alarm(
        "NoticesLost",
        "A notice of AWS Marketplace cannot be read or heeded; it lies in "
            + name
            + "-dead-letters.",
        deadLetters.metricApproximateNumberOfMessagesVisible(
            MetricOptions.builder().statistic("Maximum").period(Duration.minutes(5)).build()),
        ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        1,
        TreatMissingData.NOT_BREACHING);
  }

  private Queue.Builder queue(String id, String name) {
    return Queue.Builder.create(this, id)
        .queueName(name)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(Duration.days(14))
        .removalPolicy(RemovalPolicy.DESTROY);
  }

  private void alarm(
      String id,
      String description,
      IMetric metric,
      ComparisonOperator operator,
      int threshold,
      TreatMissingData missing) {
    alarms.add(
        Alarm.Builder.create(this, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(threshold)
            .evaluationPeriods(1)
            .comparisonOperator(operator)
            .treatMissingData(missing)
            .build());
  }

  private static MetricOptions sum(Duration period) {
    return MetricOptions.builder().statistic("Sum").period(period).build();
  }

  /** The function that buyers and Stripe call. */
  public IFunction desk() {
    return desk;
  }

  /** What it is called at, without an API key. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    if (sold.marketplace() != null) {
      routes.add(new Route("POST", "/v1/marketplace/register"));
    }
    if (sold.stripe() != null) {
      routes.add(new Route("POST", "/v1/stripe/events"));
      routes.add(new Route("GET", "/v1/stripe/welcome"));
      routes.add(new Route("POST", "/v1/stripe/welcome"));
    }
    return List.copyOf(routes);
  }

  /** The alarms. */
  public List<Alarm> alarms() {
    return List.copyOf(alarms);
  }
}
