package org.touchstone.infra.endpoint;

import java.util.Map;
import java.util.TreeMap;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.EndpointConfig;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.contract.TouchstoneMetrics;
import org.touchstone.infra.queues.JobQueue;

/** The environment variables that endpoints of both lanes read. */
final class EndpointEnvironment {
  private EndpointEnvironment() {}

  /** A map that more can be added to. */
  static Map<String, String> of(
      DeploymentConfig config, EndpointConfig endpoint, JobQueue jobs, String bucket) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("ENDPOINT_NAME", endpoint.name());
    environment.put("QUEUE_URL", jobs.queue().getQueueUrl());
    environment.put("BULK_QUEUE_URL", jobs.bulk().getQueueUrl());
    environment.put("BUCKET", bucket);
    environment.put(Setting.METRICS_NAMESPACE.variable(), TouchstoneMetrics.NAMESPACE);
    environment.put(
        Setting.METRICS_DETAILED.variable(), String.valueOf(config.metrics().detailed()));
    environment.put("MODELS_S3_PREFIX", "s3://" + bucket + "/models/");
    if (!endpoint.models().isEmpty()) {
      environment.put("MODELS", String.join(",", endpoint.models()));
    }
    if (!endpoint.detectors().isEmpty()) {
      environment.put("TOUCHSTONE_ENDPOINT_DETECTORS", String.join(",", endpoint.detectors()));
    }
    return environment;
  }
}
