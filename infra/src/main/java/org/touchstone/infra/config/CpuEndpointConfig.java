package org.touchstone.infra.config;

import java.util.List;

/**
 * One CPU endpoint: a Lambda function from a container image. It works on short media within
 * seconds of their arrival, and costs nothing between jobs.
 *
 * @param name lower-case letters and digits
 * @param tracks the tracks it processes
 * @param detectors the detectors it runs, or empty for all detectors of its tracks that run on CPUs
 * @param models the models fetched for them, or empty for all stored models that run on CPUs
 * @param memoryMb memory in MiB; Lambda gives one vCPU for each 1,769 MiB
 * @param maxConcurrency jobs at once, each in an instance of its own
 * @param maxSeconds duration of the longest video or sound, or null for the defaults of the tracks
 * @param maxMb size of the largest file in MiB
 * @param image an image in ECR to use, by digest or tag, instead of building one
 */
public record CpuEndpointConfig(
    String name,
    List<Track> tracks,
    List<String> detectors,
    List<String> models,
    Integer memoryMb,
    Integer maxConcurrency,
    Integer maxSeconds,
    Integer maxMb,
    String image)
    implements EndpointConfig {

  /** Lambda's largest memory, which brings six vCPUs. */
  public static final int MOST_MEMORY_MB = 10_240;

  /**
   * The recommended models loaded take some 4 GB, and the heap a quarter of the memory. It brings
   * three and a half vCPUs.
   */
  private static final int DEFAULT_MEMORY_MB = 6144;

  private static final int DEFAULT_VIDEO_SECONDS = 180;
  private static final int DEFAULT_AUDIO_SECONDS = 1800;
  private static final long BYTES_PER_MB = 1 << 20;

  public CpuEndpointConfig {
    tracks = tracks == null ? List.of(Track.values()) : List.copyOf(tracks);
    detectors = detectors == null ? List.of() : List.copyOf(detectors);
    models = models == null ? List.of() : List.copyOf(models);
    memoryMb = memoryMb == null ? DEFAULT_MEMORY_MB : memoryMb;
    maxConcurrency = maxConcurrency == null ? 10 : maxConcurrency;
    maxMb = maxMb == null ? 256 : maxMb;
  }

  @Override
  public Compute compute() {
    return Compute.CPU;
  }

  @Override
  public Capacity capacity(Track track) {
    Integer seconds =
        switch (track) {
          case IMAGE -> null;
          case VIDEO -> maxSeconds == null ? DEFAULT_VIDEO_SECONDS : maxSeconds;
          case AUDIO -> maxSeconds == null ? DEFAULT_AUDIO_SECONDS : maxSeconds;
        };
    return new Capacity(maxMb * BYTES_PER_MB, seconds);
  }
}
