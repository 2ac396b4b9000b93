package org.touchstone.infra.config;

import java.util.List;
import java.util.Map;

/**
 * One GPU endpoint.
 *
 * @param name lower-case letters and digits
 * @param tracks the tracks it processes
 * @param detectors the detectors it runs, or empty for all detectors of its tracks
 * @param models the models fetched for them, or empty for all stored models
 * @param instanceTypes EC2 types with one GPU and at least 16 GiB of memory, in order of preference
 * @param min minimum number of tasks
 * @param max maximum number of tasks
 * @param spotShare percent of the instances that are spot; on-demand instances step in when spot
 *     instances are unavailable
 * @param backlogPerTask target of scaling, in jobs per task
 * @param idleMinutes how long an idle task stays, in minutes; at most 15, when target tracking ends
 *     it anyway
 * @param concurrency media that a task processes at once
 * @param warmInstances stopped instances kept ready to start; only for an endpoint without spot
 * @param usdPerHour hourly price of an instance in US dollars, for the dashboard; by default the
 *     list price of the most expensive instance type, or null when it is not known
 * @param image an image in ECR to use, by digest or tag, instead of building one
 * @param schedule times at which min and max change
 */
public record GpuEndpointConfig(
    String name,
    List<Track> tracks,
    List<String> detectors,
    List<String> models,
    List<String> instanceTypes,
    Integer min,
    Integer max,
    Integer spotShare,
    Integer backlogPerTask,
    Integer idleMinutes,
    Integer concurrency,
    Integer warmInstances,
    Double usdPerHour,
    String image,
    List<ScheduleConfig> schedule)
    implements EndpointConfig {

  /**
   * On-demand prices in US dollars per hour, us-east-1, November 2025:
   * https://aws.amazon.com/ec2/pricing/on-demand/.
   */
  private static final Map<String, Double> LIST_USD_PER_HOUR =
      Map.of("g6.xlarge", 0.8048, "g5.xlarge", 1.006, "g4dn.xlarge", 0.526);

  public GpuEndpointConfig {
    tracks = tracks == null ? List.of(Track.values()) : List.copyOf(tracks);
    detectors = detectors == null ? List.of() : List.copyOf(detectors);
    models = models == null ? List.of() : List.copyOf(models);
    instanceTypes =
        instanceTypes == null
            ? List.of("g6.xlarge", "g5.xlarge", "g4dn.xlarge")
            : List.copyOf(instanceTypes);
    min = min == null ? 0 : min;
    max = max == null ? 2 : max;
    spotShare = spotShare == null ? 100 : spotShare;
    backlogPerTask = backlogPerTask == null ? 8 : backlogPerTask;
    idleMinutes = idleMinutes == null ? 10 : idleMinutes;
    concurrency = concurrency == null ? 4 : concurrency;
    warmInstances = warmInstances == null ? 0 : warmInstances;
    usdPerHour = usdPerHour == null ? listPrice(instanceTypes) : usdPerHour;
    schedule = schedule == null ? List.of() : List.copyOf(schedule);
  }

  private static Double listPrice(List<String> instanceTypes) {
    return LIST_USD_PER_HOUR.keySet().containsAll(instanceTypes)
        ? instanceTypes.stream().map(LIST_USD_PER_HOUR::get).max(Double::compare).orElse(null)
        : null;
  }

  /** Whether on-demand instances step in for spot ones. */
  public boolean hasFallback() {
    return spotShare > 0;
  }

  /** The maximum number of tasks at any time. */
  public int mostTasks() {
    return schedule.stream().mapToInt(ScheduleConfig::max).reduce(max, Math::max);
  }

  @Override
  public Compute compute() {
    return Compute.GPU;
  }

  @Override
  public Capacity capacity(Track track) {
    return Capacity.UNLIMITED;
  }

  /**
   * A change of limits.
   *
   * @param cron time of the change, six fields as in EventBridge ({@code 0 7 ? * MON-FRI *}), UTC
   * @param min minimum number of tasks from then on
   * @param max maximum number of tasks from then on
   */
  public record ScheduleConfig(String cron, Integer min, Integer max) {}
}
