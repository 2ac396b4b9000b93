package org.touchstone.infra.endpoint;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.config.CpuEndpointConfig;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.functions.ImageFunction;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * One CPU endpoint: a function from the detectors' container image, called by Lambda with one job
 * at a time from the endpoint's queue. It costs nothing between jobs.
 */
public final class CpuEndpoint extends Construct {
  /** Lambda's longest run. */
  static final int TIMEOUT_SECONDS = 900;

  /**
   * Lambda's largest disk, for models, a medium and unpacked native libraries. A second of it costs
   * less than half a percent of the default memory's.
   */
  private static final int DISK_MB = 10_240;

  private final CpuEndpointConfig endpoint;
  private final ImageFunction function;

  /**
   * @param grants what it may do beyond reading its queue
   * @param recogniser the service that it asks what is said, or null
   */
  public CpuEndpoint(
      Construct scope,
      String id,
      DeploymentConfig config,
      CpuEndpointConfig endpoint,
      JobQueue jobs,
      Artefacts artefacts,
      Permissions permissions,
      List<Grant> grants,
      Recogniser recogniser) {
    super(scope, id);
    this.endpoint = endpoint;
    function =
        new ImageFunction(
            this,
            // Leaves the function the identity it would have without a construct between.
            "Default",
            config,
            new ImageFunction.Spec(
                // Apart from the names of other functions: an endpoint may be called "vote".
                config.prefix() + "-endpoint-" + endpoint.name(),
                "endpoint " + endpoint.name(),
                endpoint.memoryMb(),
                DISK_MB,
                TIMEOUT_SECONDS,
                endpoint.image(),
                null),
            environment(config, jobs, permissions, recogniser),
            artefacts);
    permissions.grant(function.role(), grants);
    Suppressions.allowObjects(function.role(), grants);
    if (recogniser != null) {
      recogniser.grant(function.role(), permissions);
    }
    jobs.workedBy(function.live(), endpoint.maxConcurrency());
  }

  private Map<String, String> environment(
      DeploymentConfig config, JobQueue jobs, Permissions permissions, Recogniser recogniser) {
    Map<String, String> environment =
        EndpointEnvironment.of(config, endpoint, jobs, permissions.bucket().getBucketName());
    environment.put("TOUCHSTONE_ENDPOINT_MAX_BYTES", endpoint.maxMb() + "M");
    if (recogniser != null) {
      environment.putAll(recogniser.environment());
    }
    return environment;
  }

  /** What it writes. */
  public LogGroup log() {
    return function.log();
  }

  /** The configuration of the endpoint. */
  public CpuEndpointConfig config() {
    return endpoint;
  }

  /** The function that works on its jobs. */
  public Function function() {
    return function.function();
  }
}
