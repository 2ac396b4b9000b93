package org.touchstone.infra.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.DeploymentConfig.EgressConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.networkfirewall.CfnFirewall;
import software.amazon.awscdk.services.networkfirewall.CfnFirewallPolicy;
import software.amazon.awscdk.services.networkfirewall.CfnFirewallPolicy.FirewallPolicyProperty;
import software.amazon.awscdk.services.networkfirewall.CfnFirewallPolicy.StatefulEngineOptionsProperty;
import software.amazon.awscdk.services.networkfirewall.CfnFirewallPolicy.StatefulRuleGroupReferenceProperty;
import software.amazon.awscdk.services.networkfirewall.CfnLoggingConfiguration;
import software.amazon.awscdk.services.networkfirewall.CfnLoggingConfiguration.LogDestinationConfigProperty;
import software.amazon.awscdk.services.networkfirewall.CfnLoggingConfiguration.LoggingConfigurationProperty;
import software.amazon.awscdk.services.networkfirewall.CfnRuleGroup;
import software.amazon.awscdk.services.networkfirewall.CfnRuleGroup.RuleGroupProperty;
import software.amazon.awscdk.services.networkfirewall.CfnRuleGroup.RulesSourceListProperty;
import software.amazon.awscdk.services.networkfirewall.CfnRuleGroup.RulesSourceProperty;
import software.amazon.awscdk.services.networkfirewall.CfnRuleGroup.StatefulRuleOptionsProperty;
import software.constructs.Construct;

/**
 * A separate network for the resolver and for what tells webhooks. Its traffic passes a network
 * firewall on the way to the internet: function, firewall, NAT gateway, internet. The firewall
 * reads names from TLS handshakes and HTTP headers, and drops all traffic to private addresses. It
 * uses one availability zone, because a firewall is charged by zone and hour.
 */
public final class Egress extends Construct {
  private static final String FUNCTION_SUBNET = "function";
  private static final String FIREWALL_SUBNET = "firewall";

  private final Vpc vpc;
  private final SecurityGroup outgoing;

  public Egress(Construct scope, String id, DeploymentConfig config) {
    super(scope, id);
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .maxAzs(1)
            .natGateways(1)
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    subnet("public", SubnetType.PUBLIC),
                    subnet(FIREWALL_SUBNET, SubnetType.PRIVATE_WITH_EGRESS),
                    subnet(FUNCTION_SUBNET, SubnetType.PRIVATE_ISOLATED)))
            .build();
    vpc.addGatewayEndpoint(
        "S3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    vpc.addFlowLog(
        "Rejected",
        FlowLogOptions.builder()
            .destination(FlowLogDestination.toCloudWatchLogs(log))
            .trafficType(FlowLogTrafficType.REJECT)
            .build());
    CfnFirewall firewall = firewall(config);
    logAlerts(config, firewall);
    route(firewall);
    outgoing =
        SecurityGroup.Builder.create(this, "Outgoing")
            .vpc(vpc)
            .description("Functions that visit the web: web and DNS out, nothing in")
            .allowAllOutbound(false)
            .build();
    outgoing.addEgressRule(Peer.anyIpv4(), Port.tcp(80), "HTTP");
    outgoing.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "HTTPS");
    outgoing.addEgressRule(Peer.anyIpv4(), Port.tcp(8443), "HTTPS of webhooks");
  }

  private static SubnetConfiguration subnet(String name, SubnetType type) {
    return SubnetConfiguration.builder().name(name).subnetType(type).cidrMask(24).build();
  }

  private CfnFirewall firewall(DeploymentConfig config) {
    EgressConfig egress = config.egress();
    boolean allowing = !egress.allow().isEmpty();
    CfnRuleGroup inner =
        CfnRuleGroup.Builder.create(this, "PrivateAddresses")
            .ruleGroupName(config.prefix() + "-private-addresses")
            .type("STATEFUL")
            .capacity(10)
            .ruleGroup(
                rules(
                    RulesSourceProperty.builder()
                        .rulesString(
                            "drop ip $HOME_NET any -> [10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,"
                                + "169.254.0.0/16,172.16.0.0/12,192.168.0.0/16] any"
                                + " (msg:\"private address\"; sid:1; rev:1;)")
                        .build()))
            .build();
    CfnRuleGroup names =
        CfnRuleGroup.Builder.create(this, "Names")
            .ruleGroupName(config.prefix() + "-names")
            .type("STATEFUL")
            .capacity(3000)
            .ruleGroup(
                rules(
                    RulesSourceProperty.builder()
                        .rulesSourceList(
                            RulesSourceListProperty.builder()
                                .generatedRulesType(allowing ? "ALLOWLIST" : "DENYLIST")
                                .targetTypes(List.of("TLS_SNI", "HTTP_HOST"))
                                .targets(names(egress))
                                .build())
                        .build()))
            .build();
    FirewallPolicyProperty.Builder policy =
        FirewallPolicyProperty.builder()
            .statelessDefaultActions(List.of("aws:forward_to_sfe"))
            .statelessFragmentDefaultActions(List.of("aws:drop"))
            .statefulEngineOptions(
                StatefulEngineOptionsProperty.builder().ruleOrder("STRICT_ORDER").build())
            .statefulRuleGroupReferences(List.of(reference(inner, 1), reference(names, 2)));
    if (allowing) {
      policy.statefulDefaultActions(List.of("aws:drop_established", "aws:alert_established"));
    }
    return CfnFirewall.Builder.create(this, "Firewall")
        .firewallName(config.prefix() + "-egress")
        .vpcId(vpc.getVpcId())
        .firewallPolicyArn(
            CfnFirewallPolicy.Builder.create(this, "Policy")
                .firewallPolicyName(config.prefix() + "-egress")
                .firewallPolicy(policy.build())
                .build()
                .getAttrFirewallPolicyArn())
        .subnetMappings(
            List.of(
                CfnFirewall.SubnetMappingProperty.builder()
                    .subnetId(only(FIREWALL_SUBNET).getSubnetId())
                    .build()))
        .build();
  }

  /** The allowed names always include AWS's own: the resolver reads secrets and writes traces. */
  private static List<String> names(EgressConfig egress) {
    if (egress.allow().isEmpty()) {
      return egress.deny();
    }
    List<String> all = new ArrayList<>(egress.allow());
    all.add(".amazonaws.com");
    return all;
  }

  private static RuleGroupProperty rules(RulesSourceProperty source) {
    return RuleGroupProperty.builder()
        .rulesSource(source)
        .statefulRuleOptions(
            StatefulRuleOptionsProperty.builder().ruleOrder("STRICT_ORDER").build())
        .build();
  }

  private static StatefulRuleGroupReferenceProperty reference(CfnRuleGroup rules, int priority) {
    return StatefulRuleGroupReferenceProperty.builder()
        .resourceArn(rules.getAttrRuleGroupArn())
        .priority(priority)
        .build();
  }

  private void logAlerts(DeploymentConfig config, CfnFirewall firewall) {
    LogGroup alerts =
        LogGroup.Builder.create(this, "Alerts")
            .logGroupName("/aws/vendedlogs/" + config.prefix() + "-egress")
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    CfnLoggingConfiguration.Builder.create(this, "Logging")
        .firewallArn(firewall.getAttrFirewallArn())
        .loggingConfiguration(
            LoggingConfigurationProperty.builder()
                .logDestinationConfigs(
                    List.of(
                        LogDestinationConfigProperty.builder()
                            .logType("ALERT")
                            .logDestinationType("CloudWatchLogs")
                            .logDestination(Map.of("logGroup", alerts.getLogGroupName()))
                            .build()))
                .build())
        .build();
  }

  /** Routes both directions through the firewall: it tracks the state of connections. */
  private void route(CfnFirewall firewall) {
    String endpoint = Fn.select(1, Fn.split(":", Fn.select(0, firewall.getAttrEndpointIds())));
    ISubnet function = only(FUNCTION_SUBNET);
    CfnRoute.Builder.create(this, "Out")
        .routeTableId(function.getRouteTable().getRouteTableId())
        .destinationCidrBlock("0.0.0.0/0")
        .vpcEndpointId(endpoint)
        .build();
    CfnRoute.Builder.create(this, "Back")
        .routeTableId(only("public").getRouteTable().getRouteTableId())
        .destinationCidrBlock(function.getIpv4CidrBlock())
        .vpcEndpointId(endpoint)
        .build();
  }

  private ISubnet only(String group) {
    return vpc.selectSubnets(SubnetSelection.builder().subnetGroupName(group).build())
        .getSubnets()
        .getFirst();
  }

  /** Places a function behind the firewall and permits its network interfaces there. */
  public void place(Function.Builder function, Role role) {
    function
        .vpc(vpc)
        .vpcSubnets(SubnetSelection.builder().subnetGroupName(FUNCTION_SUBNET).build())
        .securityGroups(List.of(outgoing));
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(
                List.of(
                    "ec2:CreateNetworkInterface",
                    "ec2:DescribeNetworkInterfaces",
                    "ec2:DescribeSubnets",
                    "ec2:DeleteNetworkInterface",
                    "ec2:AssignPrivateIpAddresses",
                    "ec2:UnassignPrivateIpAddresses"))
            .resources(List.of("*"))
            .build());
    Suppressions.allowWildcards(
        role,
        "Lambda makes network interfaces with the function's role, and does not know them before.",
        List.of("Resource::*"));
  }
}
