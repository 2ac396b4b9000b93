package org.touchstone.infra.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.cost.PriceList.Price;
import org.touchstone.infra.cost.PriceList.Workload;

/**
 * The cost of a month.
 *
 * @param lines one for each price paid
 */
record Bill(List<Line> lines) {
  static final double HOURS_PER_MONTH = 730;

  private static final double SECONDS_PER_HOUR = 3600;
  private static final double MILLIS = 1000;
  private static final double MB_PER_GB = 1024;
  private static final double KB_PER_GB = 1024 * 1024;

  /** Lambda polls a queue that triggers a function with five parallel long polls of 20 s. */
  private static final double POLLS_PER_QUEUE = HOURS_PER_MONTH * SECONDS_PER_HOUR / 20 * 5;

  Bill {
    lines = List.copyOf(lines);
  }

  /** A quantity in the unit of a price. */
  record Line(String name, Price price, double quantity) {
    double list() {
      return quantity * price.usd();
    }

    double afterFree() {
      return Math.max(0, quantity - price.free()) * price.usd();
    }
  }

  double list() {
    return lines.stream().mapToDouble(Line::list).sum();
  }

  double afterFree() {
    return lines.stream().mapToDouble(Line::afterFree).sum();
  }

  /** The list price of the lines of these prices. */
  double list(List<String> names) {
    return lines.stream().filter(line -> names.contains(line.name())).mapToDouble(Line::list).sum();
  }

  /** The whole month: fixed costs and usage. */
  static Bill of(PriceList prices, Workload work, Way way) {
    Writer bill = new Writer(prices);
    bill.standing(work);
    bill.used(work, way.use(prices, work));
    return new Bill(bill.lines());
  }

  /** Only the cost of additional work, on endpoints of a lane that are already busy. */
  static Bill marginal(
      PriceList prices, int images, int videos, double minutesPerVideo, boolean onGpu) {
    Writer bill = new Writer(prices);
    Workload work = new Workload("", images, videos, minutesPerVideo, 0, 0);
    bill.used(
        work,
        onGpu
            ? new Way.Use(0, 0, new GpuLane(prices).workingHours(work))
            : new Way.Use(0, new CpuLane(prices).workingSeconds(work), 0));
    return new Bill(bill.lines());
  }

  /** The list price of a month in which Lambda polls queues that stay empty. */
  static double pollingOf(PriceList prices, int queues) {
    return queues * POLLS_PER_QUEUE * prices.price("sqs-request").usd();
  }

  private static final class Writer {
    private final PriceList prices;
    private final Map<String, Double> quantities = new LinkedHashMap<>();

    private Writer(PriceList prices) {
      this.prices = prices;
    }

    private void add(String name, double quantity) {
      quantities.merge(name, quantity, Double::sum);
    }

    private List<Line> lines() {
      return quantities.entrySet().stream()
          .map(entry -> new Line(entry.getKey(), prices.price(entry.getKey()), entry.getValue()))
          .toList();
    }

    private void standing(Workload work) {
      add("secret-month", prices.deployed("secrets"));
      add("dashboard-month", prices.deployed("dashboards"));
      add("alarm-metric-month", prices.deployed("alarmMetrics"));
      // CloudWatch charges for a metric only in hours in which it is written.
      add("metric-month", prices.deployed("customMetrics") * work.hours() / HOURS_PER_MONTH);
      add("image-gb-month", prices.deployed("imagesGb"));
      add("s3-gb-month", prices.deployed("modelsGb") + storedGb(work));
      add(
          "sqs-request",
          prices.deployed("polledQueues") * POLLS_PER_QUEUE
              + work.jobs() * prices.assumed("sqsRequestsPerJob"));
      double sweeps = prices.deployed("sweepsPerHour") * HOURS_PER_MONTH;
      add("lambda-request", sweeps);
      add(
          "lambda-gb-second",
          sweeps * prices.assumed("sweepMs") * prices.assumed("sweepGb") / MILLIS);
      add("s3-put", sweeps * prices.assumed("s3PutsPerSweep"));
    }

    private double storedGb(Workload work) {
      double mb =
          work.images() * prices.assumed("imageMb")
              + work.videos() * work.minutesPerVideo() * prices.assumed("videoMbPerMinute");
      return mb / MB_PER_GB * prices.assumed("keptMonths");
    }

    private void used(Workload work, Way.Use use) {
      CpuLane cpu = new CpuLane(prices);
      double analyses = work.analyses();
      double jobs = work.jobs();
      double requests = analyses * prices.assumed("apiRequestsPerAnalysis");
      add("api-request", requests);
      add("lambda-request", requests + 2 * analyses + (use.cpuSeconds() > 0 ? jobs : 0));
      add("lambda-gb-second", gbSeconds(work, requests) + use.cpuSeconds() * cpu.gb());
      add("lambda-disk-gb-second", use.cpuSeconds() * cpu.diskGb());
      add("state-transition", Transitions.of(analyses, jobs));
      add(
          "s3-put",
          analyses * prices.assumed("s3PutsPerAnalysis") + jobs * prices.assumed("s3PutsPerJob"));
      add(
          "s3-get",
          analyses * prices.assumed("s3GetsPerAnalysis")
              + jobs * prices.assumed("s3GetsPerJob")
              + use.cpuStarts() * prices.assumed("s3GetsPerStart"));
      add("event", analyses);
      add(
          "log-gb",
          (analyses * prices.assumed("logKbPerAnalysis") + jobs * prices.assumed("logKbPerJob"))
              / KB_PER_GB);
      add("trace", analyses);
      add("gpu-hour", use.gpuHours());
      add("disk-gb-month", use.gpuHours() / HOURS_PER_MONTH * prices.deployed("instanceDiskGb"));
      add("address-hour", use.gpuHours());
    }

    private double gbSeconds(Workload work, double requests) {
      double resolveMs =
          work.images() * prices.assumed("resolveImageMs")
              + work.videos() * prices.assumed("resolveVideoMs");
      return (requests * prices.assumed("intakeMs") * prices.assumed("intakeGb")
              + resolveMs * prices.assumed("resolveGb")
              + work.analyses() * prices.assumed("voteMs") * prices.assumed("voteGb"))
          / MILLIS;
    }
  }
}
