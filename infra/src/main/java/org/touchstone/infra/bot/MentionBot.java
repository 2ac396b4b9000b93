package org.touchstone.infra.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.BotConfig;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.contract.TouchstoneMetrics;
import org.touchstone.infra.functions.Functions;
import org.touchstone.infra.security.KeySecrets;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The mention bot: a schedule for each platform, on which a function polls it, a rule that has
 * another function reply when an analysis has ended, and an empty secret for each account. What a
 * lost or failed call leaves undone, the next poll does.
 */
public final class MentionBot extends Construct {
  /** The service that analyses has its key here. */
  private static final String ANALYSIS = "analysis";

  /** How long an answer may be late before somebody is told. */
  private static final java.time.Duration LATE = java.time.Duration.ofHours(1);

  private static final int SECONDS_OF_A_MINUTE = 60;

  private final BotConfig bot;
  private final KeySecrets secrets;
  private final List<Alarm> alarms = new ArrayList<>();

  /**
   * The bot of a deployment.
   *
   * @param key encrypts the secrets, or null for Secrets Manager's own key
   */
  public MentionBot(Construct scope, String id, DeploymentConfig config, IKey key) {
    super(scope, id);
    bot = config.bot();
    secrets = new KeySecrets(this, config.prefix() + "/bot/", key);
    secrets.add("Analysis", ANALYSIS, "The API key of the bot: ./touchstone bot account writes it");
    bot.platforms()
        .keySet()
        .forEach(
            platform ->
                secrets.add(
                    "Account-" + platform,
                    platform,
                    "The bot's account: ./touchstone bot authorize " + platform + " writes it"));
  }

  /**
   * Creates the functions and has them called.
   *
   * @param publicUrl the address of this deployment's API
   * @param bus the workflow's announcements
   */
  public void work(
      DeploymentConfig config,
      Functions functions,
      Map<Setting, String> settings,
      Permissions permissions,
      String publicUrl,
      IEventBus bus) {
    BotConfig.Analysis other = bot.analysis();
    settings.put(Setting.MENTIONS_BOT, bot.json());
    settings.put(Setting.MENTIONS_SECRETS_PREFIX, secrets.prefix());
    settings.put(Setting.MENTIONS_ANALYSIS_URL, other == null ? publicUrl : other.url());
    settings.put(
        Setting.MENTIONS_ANALYSIS_SHAPE,
        other == null || other.shape() == null ? "touchstone" : other.shape());
    Permissions mine = permissions.with(Grant.Target.SECRETS, secrets.arnPattern());
    IFunction polls = functions.add(FunctionSpec.MENTIONS, settings, mine);
    IFunction replies = functions.add(FunctionSpec.MENTION_REPLIES, settings, mine);
    Queue deadLetters =
        Queue.Builder.create(this, "DeadLetters")
            .queueName(config.prefix() + "-bot-dead-letters")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Suppressions.suppress(
        deadLetters,
        "AwsSolutions-SQS3",
        "It is the dead-letter queue of schedules and a rule, which the rule cannot see.");
    schedule(config, polls, deadLetters);
    if (other == null) {
      Rule.Builder.create(this, "Ended")
          .eventBus(bus)
          .description("Tells the mention bot that an analysis has ended")
          .eventPattern(
              EventPattern.builder()
                  .source(List.of("touchstone"))
                  .detailType(List.of("AnalysisEnded"))
                  .build())
          .targets(
              List.of(LambdaFunction.Builder.create(replies).deadLetterQueue(deadLetters).build()))
          .build();
    }
    alarms(deadLetters);
  }

  private void schedule(DeploymentConfig config, IFunction polls, Queue deadLetters) {
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
            .description("What the schedules of " + config.prefix() + "-mentions may do")
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("lambda:InvokeFunction"))
            .resources(List.of(polls.getFunctionArn()))
            .build());
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("sqs:SendMessage"))
            .resources(List.of(deadLetters.getQueueArn()))
            .build());
    bot.platforms()
        .forEach(
            (name, platform) ->
                CfnSchedule.Builder.create(this, "Schedule-" + name)
                    .name(config.prefix() + "-mentions-" + name)
                    .description("Asks " + name + " for mentions of the bot")
                    .scheduleExpression(rate(platform.minutes()))
                    .flexibleTimeWindow(
                        CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
                    .target(
                        CfnSchedule.TargetProperty.builder()
                            .arn(polls.getFunctionArn())
                            .roleArn(role.getRoleArn())
                            .input("{\"platform\":\"" + name + "\"}")
                            .deadLetterConfig(
                                CfnSchedule.DeadLetterConfigProperty.builder()
                                    .arn(deadLetters.getQueueArn())
                                    .build())
                            // The next poll does what this one did not.
                            .retryPolicy(
                                CfnSchedule.RetryPolicyProperty.builder()
                                    .maximumEventAgeInSeconds(
                                        SECONDS_OF_A_MINUTE * platform.minutes())
                                    .maximumRetryAttempts(0)
                                    .build())
                            .build())
                    .build()
                    .getNode()
                    // Before its role may call the function, a call would be refused.
                    .addDependency(role));
  }

  /** EventBridge wants the unit to agree with the number. */
  private static String rate(int minutes) {
    return "rate(" + minutes + (minutes == 1 ? " minute)" : " minutes)");
  }

  private void alarms(Queue deadLetters) {
    alarm(
        "QueueAge",
        "Mentions of the bot wait too long: see ./touchstone bot health.",
        metric(TouchstoneMetrics.MENTION_QUEUE_AGE, "Maximum"),
        bot.answeredAfter().plus(LATE).toSeconds());
    alarm(
        "Failed",
        "Mentions of the bot were given up: see ./touchstone bot health.",
        metric(TouchstoneMetrics.FAILED_MENTIONS, "Sum"),
        1);
    alarm(
        "Undelivered",
        "The functions of the bot could not be called; the next poll does what was left undone.",
        deadLetters.metricApproximateNumberOfMessagesVisible(
            MetricOptions.builder().statistic("Maximum").period(Duration.minutes(5)).build()),
        1);
  }

  private static IMetric metric(String name, String statistic) {
    return Metric.Builder.create()
        .namespace(TouchstoneMetrics.NAMESPACE)
        .metricName(name)
        .statistic(statistic)
        .period(Duration.minutes(5))
        .build();
  }

  private void alarm(String id, String description, IMetric metric, long threshold) {
    alarms.add(
        Alarm.Builder.create(this, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(threshold)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build());
  }

  /** The start of the names of its secrets. */
  public String secretsPrefix() {
    return secrets.prefix();
  }

  /** The alarms. */
  public List<Alarm> alarms() {
    return List.copyOf(alarms);
  }
}
