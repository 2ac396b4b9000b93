package org.touchstone.infra.endpoint;

import java.util.List;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The network of GPU instances and the cluster of all endpoints. Subnets are public, because a NAT
 * gateway would cost more at rest than everything else together; the security group rejects all
 * incoming connections. Media come from S3 through a free gateway endpoint.
 */
public final class GpuNetwork extends Construct {
  private final Vpc vpc;
  private final SecurityGroup closed;
  private final Cluster cluster;

  public GpuNetwork(Construct scope, String id, DeploymentConfig config) {
    super(scope, id);
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .maxAzs(3)
            .natGateways(0)
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("gpu")
                        .subnetType(SubnetType.PUBLIC)
                        .cidrMask(22)
                        .build()))
            .build();
    vpc.addGatewayEndpoint(
        "S3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    LogGroup flows =
        LogGroup.Builder.create(this, "Flows")
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    vpc.addFlowLog(
        "Rejected",
        FlowLogOptions.builder()
            .destination(FlowLogDestination.toCloudWatchLogs(flows))
            .trafficType(FlowLogTrafficType.REJECT)
            .build());
    closed =
        SecurityGroup.Builder.create(this, "Closed")
            .vpc(vpc)
            .description("GPU instances: nothing comes in")
            .allowAllOutbound(true)
            .build();
    cluster =
        Cluster.Builder.create(this, "Cluster")
            .clusterName(config.prefix())
            .vpc(vpc)
            .containerInsightsV2(ContainerInsights.DISABLED)
            .build();
    Suppressions.suppress(
        cluster,
        "AwsSolutions-ECS4",
        "Container Insights charges for each metric; containers write the metrics that are looked"
            + " at, and ECS counts tasks by itself.");
  }

  public Vpc vpc() {
    return vpc;
  }

  /** The security group that rejects all incoming connections. */
  public SecurityGroup closed() {
    return closed;
  }

  public Cluster cluster() {
    return cluster;
  }
}
