package org.touchstone.infra.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.infra.config.GpuEndpointConfig.ScheduleConfig;

/** The rules for endpoints beyond their types. */
final class EndpointRules {
  private static final int MAX_USD_PER_HOUR = 1000;

  /** What the Java runtime, ffmpeg and the smallest recommended model need. */
  private static final int LEAST_MEMORY_MB = 2048;

  /** Bounds of Lambda for the concurrency of an event source. */
  private static final int LEAST_CONCURRENCY = 2;

  private static final int MOST_CONCURRENCY = 1000;

  /** A file and what is decoded of it must fit into a function's disk beside the models. */
  private static final int MOST_MB = 2048;

  /** A function ends after 15 minutes, however far it came with a longer medium. */
  private static final int MOST_SECONDS = 6 * 3600;

  private static final Pattern GPU_TYPE = Pattern.compile("g(4dn|5|6|6e)\\.[0-9]*x?large");

  /** Names under which others than endpoints report. */
  private static final Set<String> RESERVED = Set.of("resolve", "partners", "judge");

  private final Problems problems;

  EndpointRules(Problems problems) {
    this.problems = problems;
  }

  void check(List<EndpointConfig> endpoints) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < endpoints.size(); i++) {
      EndpointConfig endpoint = endpoints.get(i);
      String key = "endpoints[" + i + "]";
      String name = endpoint.name();
      problems.given(key + ".name", name);
      problems.matches(
          key + ".name", name, Names.ENDPOINT, "1 to 20 lower-case letters and digits");
      problems.require(names.add(name), key + ".name: another endpoint already has this name.");
      problems.require(
          name == null || !RESERVED.contains(name),
          key + ".name: " + name + " is a name under which others report.");
      common(key, endpoint);
      switch (endpoint) {
        case GpuEndpointConfig gpu -> gpu(key, gpu);
        case CpuEndpointConfig cpu -> cpu(key, cpu);
      }
    }
    separateDetectors(endpoints);
  }

  private void common(String key, EndpointConfig endpoint) {
    problems.require(!endpoint.tracks().isEmpty(), key + ".tracks: at least one is needed.");
    problems.require(
        Set.copyOf(endpoint.tracks()).size() == endpoint.tracks().size(),
        key + ".tracks: a track is listed twice.");
    endpoint
        .detectors()
        .forEach(
            name ->
                problems.matches(key + ".detectors", name, Names.DETECTOR, "a detector's name"));
    endpoint
        .models()
        .forEach(name -> problems.matches(key + ".models", name, Names.DETECTOR, "a model's name"));
    problems.matches(key + ".image", endpoint.image(), Names.IMAGE, "an image in ECR");
  }

  private void cpu(String key, CpuEndpointConfig endpoint) {
    problems.between(
        key + ".memoryMb", endpoint.memoryMb(), LEAST_MEMORY_MB, CpuEndpointConfig.MOST_MEMORY_MB);
    problems.between(
        key + ".maxConcurrency", endpoint.maxConcurrency(), LEAST_CONCURRENCY, MOST_CONCURRENCY);
    problems.between(key + ".maxMb", endpoint.maxMb(), 1, MOST_MB);
    if (endpoint.maxSeconds() != null) {
      problems.between(key + ".maxSeconds", endpoint.maxSeconds(), 1, MOST_SECONDS);
    }
  }

  private void gpu(String key, GpuEndpointConfig endpoint) {
    problems.require(
        !endpoint.instanceTypes().isEmpty(), key + ".instanceTypes: at least one is needed.");
    endpoint
        .instanceTypes()
        .forEach(
            type ->
                problems.matches(
                    key + ".instanceTypes", type, GPU_TYPE, "a type of g4dn, g5, g6 or g6e"));
    problems.between(key + ".min", endpoint.min(), 0, 100);
    problems.between(key + ".max", endpoint.max(), 1, 100);
    problems.require(endpoint.min() <= endpoint.max(), key + ".min: must not be more than max.");
    problems.between(key + ".spotShare", endpoint.spotShare(), 0, 100);
    problems.between(key + ".backlogPerTask", endpoint.backlogPerTask(), 1, 10_000);
    problems.between(key + ".idleMinutes", endpoint.idleMinutes(), 1, 15);
    problems.between(key + ".concurrency", endpoint.concurrency(), 1, 64);
    problems.between(key + ".warmInstances", endpoint.warmInstances(), 0, 20);
    problems.require(
        endpoint.warmInstances() == 0
            || (endpoint.spotShare() == 0 && endpoint.instanceTypes().size() == 1),
        key
            + ".warmInstances: EC2 cannot keep spot instances or mixed types warm;"
            + " set spotShare: 0 and one instance type.");
    problems.require(
        endpoint.usdPerHour() == null
            || (endpoint.usdPerHour() >= 0 && endpoint.usdPerHour() <= MAX_USD_PER_HOUR),
        key + ".usdPerHour: is not between 0 and " + MAX_USD_PER_HOUR + ".");
    for (ScheduleConfig change : endpoint.schedule()) {
      schedule(key + ".schedule", change);
    }
  }

  private void schedule(String key, ScheduleConfig change) {
    problems.given(key + ".cron", change.cron());
    problems.require(
        change.cron() == null || change.cron().trim().split("\\s+").length == 6,
        key + ".cron: needs six fields, such as \"0 7 ? * MON-FRI *\".");
    problems.require(change.min() != null && change.max() != null, key + ": needs min and max.");
    if (change.min() == null || change.max() == null) {
      return;
    }
    problems.between(key + ".min", change.min(), 0, 100);
    problems.between(key + ".max", change.max(), 0, 100);
    problems.require(change.min() <= change.max(), key + ".min: must not be more than max.");
  }

  /**
   * Within a lane, a detector that ran at two endpoints would vote twice. Between the lanes the
   * resolver decides: the cheapest endpoint that runs the detector and can hold the medium.
   */
  private void separateDetectors(List<EndpointConfig> endpoints) {
    for (Compute compute : Compute.values()) {
      for (Track track : Track.values()) {
        List<EndpointConfig> serving =
            endpoints.stream()
                .filter(e -> e.compute() == compute && e.tracks().contains(track))
                .toList();
        if (serving.size() > 1) {
          separateDetectors(compute, track, serving);
        }
      }
    }
  }

  private void separateDetectors(Compute compute, Track track, List<EndpointConfig> serving) {
    Set<String> taken = new HashSet<>();
    for (EndpointConfig endpoint : serving) {
      String where = "endpoints." + endpoint.name() + ".detectors: ";
      problems.require(
          !endpoint.detectors().isEmpty(),
          where
              + "several "
              + compute.code()
              + " endpoints process "
              + track.code()
              + ", so each must name its detectors.");
      for (String detector : endpoint.detectors()) {
        problems.require(
            taken.add(detector), where + detector + " already runs at another endpoint.");
      }
    }
  }
}
