package org.touchstone.infra.endpoint;

import java.util.List;
import org.touchstone.infra.config.GpuEndpointConfig;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.services.autoscaling.AutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.InstancesDistribution;
import software.amazon.awscdk.services.autoscaling.LaunchTemplateOverrides;
import software.amazon.awscdk.services.autoscaling.MixedInstancesPolicy;
import software.amazon.awscdk.services.autoscaling.OnDemandAllocationStrategy;
import software.amazon.awscdk.services.autoscaling.PoolState;
import software.amazon.awscdk.services.autoscaling.SpotAllocationStrategy;
import software.amazon.awscdk.services.autoscaling.WarmPoolOptions;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.LaunchTemplate;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.ecs.AmiHardwareType;
import software.amazon.awscdk.services.ecs.AsgCapacityProvider;
import software.amazon.awscdk.services.ecs.EcsOptimizedImage;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * GPU instances of an endpoint, from zero up: ECS requests an instance when a task needs one and
 * releases it when it is empty. Several instance types in several zones protect against a shortage
 * of one type.
 */
final class GpuCapacity extends Construct {
  private static final int DISK_GIB = 60;

  /** Seconds from an instance's start until it counts; it then has registered with ECS. */
  private static final int WARMUP_SECONDS = 180;

  private final AsgCapacityProvider provider;

  /**
   * @param spotShare percent of the instances that are spot
   */
  GpuCapacity(
      Construct scope, String id, GpuNetwork network, GpuEndpointConfig endpoint, int spotShare) {
    super(scope, id);
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
            .description("GPU instances of endpoint " + endpoint.name())
            .build();
    UserData userData = UserData.forLinux();
    if (spotShare > 0) {
      // The CDK's option for this has no effect on groups of mixed instances.
      userData.addCommands("echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >> /etc/ecs/ecs.config");
    }
    if (endpoint.warmInstances() > 0) {
      userData.addCommands("echo ECS_WARM_POOLS_CHECK=true >> /etc/ecs/ecs.config");
    }
    LaunchTemplate template =
        LaunchTemplate.Builder.create(this, "Template")
            .machineImage(EcsOptimizedImage.amazonLinux2023(AmiHardwareType.GPU))
            .instanceType(new InstanceType(endpoint.instanceTypes().getFirst()))
            .role(role)
            .securityGroup(network.closed())
            .associatePublicIpAddress(true)
            .requireImdsv2(true)
            // Containers get their own credentials from ECS and must not use those of the
            // instance.
            .httpPutResponseHopLimit(1)
            .userData(userData)
            .blockDevices(List.of(disk()))
            .build();
    AutoScalingGroup.Builder group =
        AutoScalingGroup.Builder.create(this, "Instances")
            .vpc(network.vpc())
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
            .minCapacity(0)
            .maxCapacity(endpoint.mostTasks())
            .newInstancesProtectedFromScaleIn(true)
            .capacityRebalance(spotShare > 0);
    if (endpoint.warmInstances() > 0) {
      // Mixed instances and warm pools exclude each other.
      group.launchTemplate(template);
    } else {
      group.mixedInstancesPolicy(mixed(template, endpoint.instanceTypes(), spotShare));
    }
    AutoScalingGroup instances = group.build();
    if (endpoint.warmInstances() > 0) {
      instances.addWarmPool(
          WarmPoolOptions.builder()
              .minSize(endpoint.warmInstances())
              .maxGroupPreparedCapacity(endpoint.warmInstances())
              .poolState(PoolState.STOPPED)
              .reuseOnScaleIn(true)
              .build());
    }
    provider =
        AsgCapacityProvider.Builder.create(this, "Provider")
            .autoScalingGroup(instances)
            .enableManagedScaling(true)
            .enableManagedTerminationProtection(true)
            .enableManagedDraining(true)
            .targetCapacityPercent(100)
            .maximumScalingStepSize(endpoint.mostTasks())
            .instanceWarmupPeriod(WARMUP_SECONDS)
            .build();
    network.cluster().addAsgCapacityProvider(provider);
    Suppressions.suppress(
        instances,
        "AwsSolutions-AS3",
        "ECS starts and ends these instances many times a day; alarms watch the queue instead.");
    Suppressions.suppress(
        instances,
        "CdkNagValidationFailure",
        "AwsSolutions-EC26 reads launch configurations only; the template's disk is encrypted.");
    Suppressions.allowWildcards(
        role,
        "The ECS agent's own calls, limited to the cluster by a condition where they name one; the"
            + " others know no resources.",
        List.of("Resource::*", "Action::ecs:Submit*"));
  }

  private static MixedInstancesPolicy mixed(
      LaunchTemplate template, List<String> types, int spotShare) {
    return MixedInstancesPolicy.builder()
        .launchTemplate(template)
        .launchTemplateOverrides(
            types.stream()
                .map(
                    type ->
                        LaunchTemplateOverrides.builder()
                            .instanceType(new InstanceType(type))
                            .build())
                .toList())
        .instancesDistribution(
            InstancesDistribution.builder()
                .onDemandBaseCapacity(0)
                .onDemandPercentageAboveBaseCapacity(100 - spotShare)
                .onDemandAllocationStrategy(OnDemandAllocationStrategy.PRIORITIZED)
                .spotAllocationStrategy(SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED)
                .build())
        .build();
  }

  private static BlockDevice disk() {
    return BlockDevice.builder()
        .deviceName("/dev/xvda")
        .volume(
            BlockDeviceVolume.ebs(
                DISK_GIB,
                EbsDeviceOptions.builder()
                    .volumeType(EbsDeviceVolumeType.GP3)
                    .encrypted(true)
                    .deleteOnTermination(true)
                    .build()))
        .build();
  }

  String providerName() {
    return provider.getCapacityProviderName();
  }
}
