package org.touchstone.infra.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.artefacts.EcrImage;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.GpuEndpointConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecr.assets.DockerImageAsset;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.CapacityProviderStrategy;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.Ec2Service;
import software.amazon.awscdk.services.ecs.Ec2TaskDefinition;
import software.amazon.awscdk.services.ecs.HealthCheck;
import software.amazon.awscdk.services.ecs.LinuxParameters;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.MountPoint;
import software.amazon.awscdk.services.ecs.NetworkMode;
import software.amazon.awscdk.services.ecs.Volume;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * One GPU endpoint: 0 to N tasks of the detectors' container, one on each instance. Tasks start
 * with the first waiting job and stop when idle. Spot instances come first; on-demand instances
 * follow when jobs wait too long for spot instances.
 */
public final class GpuEndpoint extends Construct {
  /** The module of the container. */
  static final String MODULE = "gpu-containers/endpoint";

  /** Memory of a task; leaves room for the system and ECS's agent on an instance with 16 GiB. */
  private static final int MEMORY_MIB = 13 * 1024;

  /** Longest time that ECS allows between SIGTERM and SIGKILL; spot allows the same. */
  private static final int STOP_SECONDS = 110;

  /** How long a worker lets jobs finish after SIGTERM; then it returns them to the queue. */
  private static final int GRACE_SECONDS = 90;

  /** The health check, in bash because the image does not have an HTTP client. */
  private static final String PING =
      "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /ping HTTP/1.0\\r\\n\\r\\n' >&3"
          + " && read -r status <&3 && [[ $status == *' 200 '* ]]";

  private final GpuEndpointConfig endpoint;
  private final List<Ec2Service> services = new ArrayList<>();
  private LogGroup log;

  public GpuEndpoint(
      Construct scope,
      String id,
      DeploymentConfig config,
      GpuEndpointConfig endpoint,
      GpuNetwork network,
      JobQueue jobs,
      Artefacts artefacts,
      Permissions permissions,
      List<Grant> grants) {
    super(scope, id);
    this.endpoint = endpoint;
    jobs.keepActive(config.prefix());
    Ec2TaskDefinition task = task(config, endpoint, permissions, jobs, grants);
    container(config, endpoint, jobs, artefacts, permissions, task);
    Ec2Service main =
        service("Service", "", network, endpoint, task, endpoint.spotShare(), endpoint.min());
    List<EndpointScaling> scaling = new ArrayList<>();
    scaling.add(new EndpointScaling(this, "Scaling", endpoint, jobs, main, false));
    if (endpoint.hasFallback()) {
      Ec2Service fallback = service("Fallback", "-on-demand", network, endpoint, task, 0, 0);
      scaling.add(new EndpointScaling(this, "FallbackScaling", endpoint, jobs, fallback, true));
    }
    EndpointScaling.leaveWhenIdle(this, endpoint, jobs, scaling);
  }

  private Ec2TaskDefinition task(
      DeploymentConfig config,
      GpuEndpointConfig endpoint,
      Permissions permissions,
      JobQueue jobs,
      List<Grant> grants) {
    Role role =
        Role.Builder.create(this, "TaskRole")
            .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
            .description("What endpoint " + endpoint.name() + " may do")
            .build();
    String tasks =
        Stack.of(this)
            .formatArn(
                ArnComponents.builder()
                    .service("ecs")
                    .resource("task")
                    .resourceName(config.prefix() + "/*")
                    .build());
    permissions
        .with(Grant.Target.QUEUE, jobs.arns())
        .with(Grant.Target.TASKS, tasks)
        .grant(role, grants);
    Suppressions.allowObjects(role, grants);
    Suppressions.allowWildcards(
        role,
        "Tasks get their ids when they start; the leave is limited to this cluster's.",
        List.of("/^Resource::arn:.*:ecs:.*:task\\/" + config.prefix() + "\\/\\*$/"));
    Ec2TaskDefinition task =
        Ec2TaskDefinition.Builder.create(this, "Task")
            .family(config.prefix() + "-" + endpoint.name())
            .networkMode(NetworkMode.BRIDGE)
            .taskRole(role)
            .volumes(
                List.of(
                    Volume.builder().name("tmp").build(), Volume.builder().name("models").build()))
            .build();
    Suppressions.suppress(
        task,
        "AwsSolutions-ECS2",
        "The variables are names and addresses; nothing secret is among them.");
    return task;
  }

  private void container(
      DeploymentConfig config,
      GpuEndpointConfig endpoint,
      JobQueue jobs,
      Artefacts artefacts,
      Permissions permissions,
      Ec2TaskDefinition task) {
    log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/" + config.prefix() + "/endpoint/" + endpoint.name())
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Map<String, String> environment =
        EndpointEnvironment.of(config, endpoint, jobs, permissions.bucket().getBucketName());
    // The SDK would ask the instance's metadata service, which containers cannot reach; ECS' own
    // agent tells the region since its version 1.104.0 only.
    environment.put("AWS_REGION", Stack.of(this).getRegion());
    environment.put("TOUCHSTONE_ENDPOINT_MODELS_DEVICE", "cuda");
    environment.put("TOUCHSTONE_ENDPOINT_CONCURRENCY", String.valueOf(endpoint.concurrency()));
    environment.put(
        "TOUCHSTONE_ENDPOINT_QUEUE_VISIBILITY",
        JobQueue.VISIBILITY_FOR_CONTAINERS.toSeconds() + "S");
    environment.put("TOUCHSTONE_ENDPOINT_QUEUE_GRACE", GRACE_SECONDS + "S");
    ContainerDefinition container =
        task.addContainer(
            "endpoint",
            ContainerDefinitionOptions.builder()
                .image(image(endpoint, artefacts))
                .gpuCount(1)
                .memoryLimitMiB(MEMORY_MIB)
                .readonlyRootFilesystem(true)
                .user("10001")
                .linuxParameters(
                    LinuxParameters.Builder.create(this, "Linux").initProcessEnabled(true).build())
                .environment(environment)
                .stopTimeout(Duration.seconds(STOP_SECONDS))
                .healthCheck(
                    HealthCheck.builder()
                        .command(List.of("CMD", "bash", "-c", PING))
                        .startPeriod(Duration.seconds(300))
                        .interval(Duration.seconds(30))
                        .retries(10)
                        .build())
                .logging(
                    LogDriver.awsLogs(
                        AwsLogDriverProps.builder()
                            .logGroup(log)
                            .streamPrefix(endpoint.name())
                            .build()))
                .build());
    for (String volume : List.of("tmp", "models")) {
      container.addMountPoints(
          MountPoint.builder()
              .sourceVolume(volume)
              .containerPath("/" + volume)
              .readOnly(false)
              .build());
    }
    Suppressions.allowWildcards(
        task.getExecutionRole(),
        "ECR's token for logging in knows no resource.",
        List.of("Resource::*"));
  }

  private ContainerImage image(GpuEndpointConfig endpoint, Artefacts artefacts) {
    if (endpoint.image() != null) {
      EcrImage image = EcrImage.parse(endpoint.image());
      return ContainerImage.fromEcrRepository(image.repository(this, "Image"), image.tagOrDigest());
    }
    return ContainerImage.fromDockerImageAsset(
        DockerImageAsset.Builder.create(this, "Image")
            .directory(artefacts.gpuImage(MODULE).toString())
            .buildArgs(Map.of("VARIANT", "gpu"))
            .platform(Platform.LINUX_AMD64)
            .build());
  }

  private Ec2Service service(
      String id,
      String suffix,
      GpuNetwork network,
      GpuEndpointConfig endpoint,
      Ec2TaskDefinition task,
      int spotShare,
      int least) {
    GpuCapacity capacity = new GpuCapacity(this, id + "Gpu", network, endpoint, spotShare);
    Ec2Service service =
        Ec2Service.Builder.create(this, id)
            .serviceName(endpoint.name() + suffix)
            .cluster(network.cluster())
            .taskDefinition(task)
            // CloudFormation resets this with every change. The default is zero: a new account
            // may not have a quota for GPUs, and must still deploy.
            .desiredCount(least)
            // A GPU holds one task, so the old task must stop first.
            .minHealthyPercent(0)
            .maxHealthyPercent(100)
            .circuitBreaker(DeploymentCircuitBreaker.builder().rollback(true).build())
            .capacityProviderStrategies(
                List.of(
                    CapacityProviderStrategy.builder()
                        .capacityProvider(capacity.providerName())
                        .weight(1)
                        .build()))
            .build();
    // The cluster must know the capacity before the service exists, and until it is gone.
    service.getNode().addDependency(network.cluster());
    services.add(service);
    return service;
  }

  /** What its containers write. */
  public LogGroup log() {
    return log;
  }

  /** The configuration of the endpoint. */
  public GpuEndpointConfig config() {
    return endpoint;
  }

  /** The service that follows the backlog, then the on-demand service if the endpoint has one. */
  public List<Ec2Service> services() {
    return List.copyOf(services);
  }
}
