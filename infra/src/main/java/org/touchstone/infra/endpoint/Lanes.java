package org.touchstone.infra.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.config.CpuEndpointConfig;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.EndpointConfig;
import org.touchstone.infra.config.GpuEndpointConfig;
import org.touchstone.infra.config.Track;
import org.touchstone.infra.contract.EndpointSpec;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.Permissions;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * All endpoints. Their queues are made first, because the workflow and the resolver name them;
 * then, with the workflow's ARN, what works on the queues.
 */
public final class Lanes {
  private final Construct scope;
  private final DeploymentConfig config;
  private final Map<EndpointConfig, JobQueue> queues = new LinkedHashMap<>();
  private final List<GpuEndpoint> gpu = new ArrayList<>();
  private final List<CpuEndpoint> cpu = new ArrayList<>();

  /**
   * Creates the queues.
   *
   * @param scope the stack, which owns all that is created here
   */
  public Lanes(Construct scope, DeploymentConfig config) {
    this.scope = scope;
    this.config = config;
    for (EndpointConfig endpoint : config.endpoints()) {
      Duration visibility =
          switch (endpoint) {
            case GpuEndpointConfig onGpu -> JobQueue.VISIBILITY_FOR_CONTAINERS;
            case CpuEndpointConfig onCpu ->
                JobQueue.visibilityForFunction(CpuEndpoint.TIMEOUT_SECONDS);
          };
      String name = endpoint.name();
      queues.put(
          endpoint,
          new JobQueue(scope, "JobQueue-" + name, config, name, "endpoint " + name, visibility));
    }
  }

  /** The queues in the order of the configuration. */
  public List<JobQueue> queues() {
    return List.copyOf(queues.values());
  }

  /** The endpoints for a track, in the format that the resolver reads. */
  public String queuesFor(Track track) {
    return queues.entrySet().stream()
        .filter(endpoint -> endpoint.getKey().tracks().contains(track))
        .map(e -> e.getKey().jobName(track) + "=" + e.getValue().urls())
        .collect(Collectors.joining(","));
  }

  /**
   * Creates what works on the queues.
   *
   * @param judge the queue that jobs are sent on to, or null
   * @param recogniser the service that CPU endpoints ask what is said, or null
   */
  public void work(Artefacts artefacts, Permissions common, JobQueue judge, Recogniser recogniser) {
    Permissions permissions =
        judge == null ? common : common.with(Grant.Target.JUDGE_QUEUE, judge.arns());
    GpuNetwork network = null;
    for (Map.Entry<EndpointConfig, JobQueue> entry : queues.entrySet()) {
      JobQueue jobs = entry.getValue();
      String name = entry.getKey().name();
      switch (entry.getKey()) {
        case GpuEndpointConfig endpoint -> {
          if (network == null) {
            network = new GpuNetwork(scope, "GpuNetwork", config);
          }
          gpu.add(
              new GpuEndpoint(
                  scope,
                  // CloudFormation would replace what it knows under this name.
                  "DetectorEndpoint-" + name,
                  config,
                  endpoint,
                  network,
                  jobs,
                  artefacts,
                  permissions,
                  grants(EndpointSpec.GPU, judge)));
        }
        case CpuEndpointConfig endpoint ->
            cpu.add(
                new CpuEndpoint(
                    scope,
                    "CpuEndpoint-" + name,
                    config,
                    endpoint,
                    jobs,
                    artefacts,
                    permissions,
                    grants(EndpointSpec.CPU, judge),
                    recogniser));
      }
    }
  }

  private static List<Grant> grants(List<Grant> usual, JobQueue judge) {
    List<Grant> grants = new ArrayList<>(usual);
    if (judge != null) {
      grants.add(EndpointSpec.JUDGE);
    }
    return grants;
  }

  /** The GPU endpoints, once they have been created. */
  public List<GpuEndpoint> gpu() {
    return List.copyOf(gpu);
  }

  /** The CPU endpoints, once they have been created. */
  public List<CpuEndpoint> cpu() {
    return List.copyOf(cpu);
  }
}
