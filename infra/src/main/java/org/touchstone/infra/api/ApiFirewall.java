package org.touchstone.infra.api;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.AllowActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.BlockActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.DefaultActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.ManagedRuleGroupStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.OverrideActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RateBasedStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.VisibilityConfigProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/** AWS WAF in front of the API: a rate limit per address, and AWS's rules on known bad callers. */
final class ApiFirewall extends Construct {
  /** Requests allowed from one address in five minutes. */
  private static final int MAX_REQUESTS = 2000;

  ApiFirewall(Construct scope, String id, DeploymentConfig config, RestApi api) {
    super(scope, id);
    CfnWebACL acl =
        CfnWebACL.Builder.create(this, "Acl")
            .name(config.prefix())
            .scope("REGIONAL")
            .defaultAction(
                DefaultActionProperty.builder()
                    .allow(AllowActionProperty.builder().build())
                    .build())
            .visibilityConfig(visibility(config.prefix()))
            .rules(
                List.of(
                    rate(0),
                    managed(1, "AWSManagedRulesAmazonIpReputationList"),
                    managed(2, "AWSManagedRulesKnownBadInputsRuleSet")))
            .build();
    CfnWebACLAssociation.Builder.create(this, "Association")
        .resourceArn(api.getDeploymentStage().getStageArn())
        .webAclArn(acl.getAttrArn())
        .build();
  }

  private static RuleProperty rate(int priority) {
    return RuleProperty.builder()
        .name("rate")
        .priority(priority)
        .action(RuleActionProperty.builder().block(BlockActionProperty.builder().build()).build())
        .statement(
            StatementProperty.builder()
                .rateBasedStatement(
                    RateBasedStatementProperty.builder()
                        .limit(MAX_REQUESTS)
                        .aggregateKeyType("IP")
                        .build())
                .build())
        .visibilityConfig(visibility("rate"))
        .build();
  }

  private static RuleProperty managed(int priority, String name) {
    return RuleProperty.builder()
        .name(name)
        .priority(priority)
        .overrideAction(OverrideActionProperty.builder().none(Map.of()).build())
        .statement(
            StatementProperty.builder()
                .managedRuleGroupStatement(
                    ManagedRuleGroupStatementProperty.builder()
                        .vendorName("AWS")
                        .name(name)
                        .build())
                .build())
        .visibilityConfig(visibility(name))
        .build();
  }

  private static VisibilityConfigProperty visibility(String name) {
    return VisibilityConfigProperty.builder()
        .cloudWatchMetricsEnabled(true)
        .sampledRequestsEnabled(true)
        .metricName(name)
        .build();
  }
}
