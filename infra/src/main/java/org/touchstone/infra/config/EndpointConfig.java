package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** An endpoint: a queue of jobs and the containers that work on it, with or without GPUs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = EndpointConfig.COMPUTE)
@JsonSubTypes({
  @JsonSubTypes.Type(value = GpuEndpointConfig.class, name = "gpu"),
  @JsonSubTypes.Type(value = CpuEndpointConfig.class, name = "cpu")
})
public sealed interface EndpointConfig permits GpuEndpointConfig, CpuEndpointConfig {
  /** The key that tells the kinds of endpoints apart; without it, an endpoint has GPUs. */
  String COMPUTE = "compute";

  /** Lower-case letters and digits. */
  String name();

  /** The tracks it processes. */
  List<Track> tracks();

  /** The detectors it runs, or empty for all detectors of its tracks that its compute can run. */
  List<String> detectors();

  /** The models fetched for them, or empty for all stored models. */
  List<String> models();

  /** An image in ECR to use, by digest or tag, instead of building one; or null. */
  String image();

  /** What its detectors run on. */
  Compute compute();

  /** The media that its jobs for a track may be about. */
  Capacity capacity(Track track);

  /**
   * The name under which jobs for a track are sent to this endpoint. Reports are stored under this
   * name, so it differs between the tracks of one endpoint.
   */
  default String jobName(Track track) {
    return tracks().size() == 1 ? name() : name() + "-" + track.code();
  }

  /**
   * Limits of a medium. A component that is null does not limit it.
   *
   * @param maxBytes largest file
   * @param maxSeconds longest duration
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Capacity(Long maxBytes, Integer maxSeconds) {
    static final Capacity UNLIMITED = new Capacity(null, null);
  }
}
