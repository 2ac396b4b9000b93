package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The endpoints of a deployment, from which {@code ./touchstone models roster} computes the roster:
 * which of the stored models' detectors run where.
 *
 * @param endpoints one entry for each name that jobs are sent to, in the order of the configuration
 * @param recogniser the service that endpoints on CPUs ask what is said, or null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EndpointPlan(List<Entry> endpoints, RecogniserConfig recogniser) {

  public EndpointPlan {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * The jobs of one track at one endpoint.
   *
   * @param name the name of the jobs' endpoint
   * @param track the track
   * @param compute what the detectors run on
   * @param capacity the media that the jobs may be about, or null for all
   * @param detectors the only detectors that run, or empty for all that the compute can run
   * @param models the only models that are fetched, or empty for all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      String name,
      Track track,
      Compute compute,
      EndpointConfig.Capacity capacity,
      List<String> detectors,
      List<String> models) {}

  /** The endpoints of a configuration. */
  public static EndpointPlan of(DeploymentConfig config) {
    return new EndpointPlan(
        config.endpoints().stream()
            .flatMap(endpoint -> endpoint.tracks().stream().map(track -> entry(endpoint, track)))
            .toList(),
        config.recogniser());
  }

  private static Entry entry(EndpointConfig endpoint, Track track) {
    EndpointConfig.Capacity capacity = endpoint.capacity(track);
    return new Entry(
        endpoint.jobName(track),
        track,
        endpoint.compute(),
        capacity.equals(EndpointConfig.Capacity.UNLIMITED) ? null : capacity,
        endpoint.detectors(),
        endpoint.models());
  }

  /**
   * Writes the plan as JSON.
   *
   * @param file the file, replaced if it exists
   * @throws IOException when it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), this);
  }
}
