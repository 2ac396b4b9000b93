package org.touchstone.infra.cost;

import org.touchstone.infra.cost.PriceList.Workload;

/** What EC2 is paid for in the GPU lane. */
final class GpuLane {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final double MINUTES_PER_HOUR = 60;

  private final PriceList prices;

  GpuLane(PriceList prices) {
    this.prices = prices;
  }

  /** Hours of a month that instances work. */
  double workingHours(Workload work) {
    double busySeconds =
        work.images() * prices.assumed("gpuSecondsPerImage")
            + work.videos() * prices.assumed("gpuSecondsPerVideo");
    return busySeconds / prices.assumed("gpuUtilisation") / SECONDS_PER_HOUR;
  }

  /**
   * Hours that are paid for when instances start with a job and end when there is no more. Where
   * jobs follow each other sooner than an instance ends, it stays as long as they come.
   */
  double hoursFromZero(Workload work) {
    double aroundWork = startMinutes() + lingerMinutes();
    if (work.gapMinutes() > lingerMinutes()) {
      return work.analyses() * aroundWork / MINUTES_PER_HOUR + workingHours(work);
    }
    return Math.max(work.hours(), workingHours(work))
        + starts(work) * aroundWork / MINUTES_PER_HOUR;
  }

  /** Around the clock, an instance starts once. */
  private static double starts(Workload work) {
    return work.hours() >= Bill.HOURS_PER_MONTH ? 1 : work.days();
  }

  /** Hours that are paid for when the same jobs come in batches. */
  double hoursInBatches(Workload work) {
    return prices.assumed("gpuBatches") * (startMinutes() + lingerMinutes()) / MINUTES_PER_HOUR
        + workingHours(work);
  }

  /** Hours that are paid for when a schedule keeps an instance while jobs may come. */
  double hoursKept(Workload work) {
    return Math.max(work.hours(), workingHours(work));
  }

  private double startMinutes() {
    return prices.assumed("gpuMinutesBeforeWork");
  }

  private double lingerMinutes() {
    return prices.assumed("gpuMinutesAfterWork");
  }
}
