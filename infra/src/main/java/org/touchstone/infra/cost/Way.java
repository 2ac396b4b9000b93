package org.touchstone.infra.cost;

import org.touchstone.infra.cost.PriceList.Workload;

/** A way to have all jobs of a month done. */
enum Way {
  /** Every job in the CPU lane: what the default deployment does with short media. */
  CPU("CPU lane (the default)"),
  /** GPU instances that start with a job and end when there is no more. */
  GPU_FROM_ZERO("GPU lane, from zero"),
  /** A GPU instance that a schedule keeps while jobs may come. */
  GPU_KEPT("GPU lane, one instance kept by a schedule"),
  /** The same jobs, but many at once. */
  GPU_BATCHES("GPU lane, from zero, if the same jobs came in batches");

  private final String label;

  Way(String label) {
    this.label = label;
  }

  /** Its name for people. */
  String label() {
    return label;
  }

  /**
   * What is paid for in a month.
   *
   * @param cpuStarts new instances of the CPU lane's functions
   * @param cpuSeconds seconds of these functions
   * @param gpuHours hours of GPU instances
   */
  record Use(double cpuStarts, double cpuSeconds, double gpuHours) {}

  /** What is paid for in a month. */
  Use use(PriceList prices, Workload work) {
    if (work.analyses() == 0) {
      return new Use(0, 0, 0);
    }
    CpuLane cpu = new CpuLane(prices);
    GpuLane gpu = new GpuLane(prices);
    return switch (this) {
      case CPU -> new Use(cpu.starts(work), cpu.seconds(work), 0);
      case GPU_FROM_ZERO -> new Use(0, 0, gpu.hoursFromZero(work));
      case GPU_KEPT -> new Use(0, 0, gpu.hoursKept(work));
      case GPU_BATCHES -> new Use(0, 0, gpu.hoursInBatches(work));
    };
  }
}
