package org.touchstone.infra.endpoint;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.artefacts.EcrImage;
import org.touchstone.infra.config.CpuEndpointConfig;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.contract.EndpointSpec;
import org.touchstone.infra.functions.Architectures;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.AssetImageCodeProps;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EcrImageCodeProps;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Handler;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * One CPU endpoint: a function from the detectors' container image, called by Lambda with one job
 * at a time from the endpoint's queue. It costs nothing between jobs.
 */
public final class CpuEndpoint extends Construct {
  /** The module of the image. */
  public static final String MODULE = "gpu-containers/lambda";

  /** Lambda's longest run. */
  static final int TIMEOUT_SECONDS = 900;

  /**
   * Lambda's largest disk, for models, a medium and unpacked native libraries. A second of it costs
   * less than half a percent of the default memory's.
   */
  private static final int DISK_MB = 10_240;

  private final CpuEndpointConfig endpoint;
  private final LogGroup log;
  private final Function function;

  public CpuEndpoint(
      Construct scope,
      String id,
      DeploymentConfig config,
      CpuEndpointConfig endpoint,
      JobQueue jobs,
      Artefacts artefacts,
      Permissions permissions) {
    super(scope, id);
    this.endpoint = endpoint;
    // Apart from the names of other functions: an endpoint may be called "vote".
    String name = config.prefix() + "-endpoint-" + endpoint.name();
    log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/aws/lambda/" + name)
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description("What endpoint " + endpoint.name() + " may do")
            .build();
    log.grantWrite(role);
    permissions.grant(role, EndpointSpec.CPU);
    function =
        Function.Builder.create(this, "Function")
            .functionName(name)
            .role(role)
            .logGroup(log)
            .loggingFormat(LoggingFormat.TEXT)
            .memorySize(endpoint.memoryMb())
            .ephemeralStorageSize(Size.mebibytes(DISK_MB))
            .timeout(Duration.seconds(TIMEOUT_SECONDS))
            .architecture(Architectures.of(config.functions()))
            .tracing(Tracing.ACTIVE)
            // Earlier versions are free, and the alias can be moved back to them.
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build())
            .environment(environment(config, jobs, permissions))
            .runtime(Runtime.FROM_IMAGE)
            .handler(Handler.FROM_IMAGE)
            .code(image(config, artefacts))
            .build();
    suppress(role);
    Alias live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
    jobs.workedBy(live, endpoint.maxConcurrency());
  }

  private Map<String, String> environment(
      DeploymentConfig config, JobQueue jobs, Permissions permissions) {
    Map<String, String> environment =
        EndpointEnvironment.of(config, endpoint, jobs, permissions.bucket().getBucketName());
    environment.put("TOUCHSTONE_ENDPOINT_MAX_BYTES", endpoint.maxMb() + "M");
    return environment;
  }

  private Code image(DeploymentConfig config, Artefacts artefacts) {
    if (endpoint.image() != null) {
      EcrImage image = EcrImage.parse(endpoint.image());
      return Code.fromEcrImage(
          image.repository(this, "Image"),
          EcrImageCodeProps.builder().tagOrDigest(image.tagOrDigest()).build());
    }
    return Code.fromAssetImage(
        artefacts.lambdaImage(MODULE, config.functions().architecture()).toString(),
        AssetImageCodeProps.builder()
            .platform(Architectures.platformOf(config.functions()))
            .build());
  }

  private static void suppress(Role role) {
    Suppressions.allowObjects(role, EndpointSpec.CPU);
    Suppressions.allowWildcards(
        role, "X-Ray's write actions know no resources.", List.of("Resource::*"));
  }

  /** What it writes. */
  public LogGroup log() {
    return log;
  }

  /** The configuration of the endpoint. */
  public CpuEndpointConfig config() {
    return endpoint;
  }

  /** The function that works on its jobs. */
  public Function function() {
    return function;
  }
}
