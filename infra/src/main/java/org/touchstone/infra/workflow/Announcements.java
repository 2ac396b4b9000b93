package org.touchstone.infra.workflow;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.LogRetention;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.logs.CfnResourcePolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The bus on which the workflow announces the end of an analysis to the organisation, and a log of
 * these announcements.
 */
public final class Announcements extends Construct {
  private final EventBus bus;

  public Announcements(Construct scope, String id, DeploymentConfig config) {
    super(scope, id);
    bus =
        EventBus.Builder.create(this, "Bus")
            .eventBusName(config.prefix())
            .description("Says that analyses have ended: source touchstone, type AnalysisEnded")
            .build();
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/aws/events/" + config.prefix() + "-announcements")
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    CfnResourcePolicy policy =
        CfnResourcePolicy.Builder.create(this, "LogPolicy")
            .policyName(config.prefix() + "-announcements")
            .policyDocument(Stack.of(this).toJsonString(mayWrite(log)))
            .build();
    CfnRule rule =
        CfnRule.Builder.create(this, "ToLog")
            .eventBusName(bus.getEventBusName())
            .description("Logs that an analysis has ended")
            .eventPattern(
                Map.of("source", List.of("touchstone"), "detail-type", List.of("AnalysisEnded")))
            .targets(List.of(CfnRule.TargetProperty.builder().id("log").arn(arn(log)).build()))
            .build();
    rule.getNode().addDependency(policy);
  }

  /** The ARN of a log group for a rule, without the {@code :*} at its end. */
  private String arn(LogGroup log) {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("logs")
                .resource("log-group")
                .resourceName(log.getLogGroupName())
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
  }

  private static Map<String, Object> mayWrite(LogGroup log) {
    return Map.of(
        "Version",
        "2012-10-17",
        "Statement",
        List.of(
            Map.of(
                "Effect", "Allow",
                "Principal",
                    Map.of(
                        "Service", List.of("events.amazonaws.com", "delivery.logs.amazonaws.com")),
                "Action", List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                "Resource", log.getLogGroupArn())));
  }

  public EventBus bus() {
    return bus;
  }
}
