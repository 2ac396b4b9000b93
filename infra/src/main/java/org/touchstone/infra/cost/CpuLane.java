package org.touchstone.infra.cost;

import org.touchstone.infra.cost.PriceList.Workload;

/**
 * What Lambda is paid for in the CPU lane. Seconds of work that were measured on some cores shrink
 * with the vCPUs of the function, less than in proportion; starting and transferring do not.
 */
final class CpuLane {
  /** Memory for which Lambda gives one vCPU, in MiB. */
  private static final double MB_PER_VCPU = 1769;

  private static final double MB_PER_GB = 1024;

  /** Disk that every function has for nothing, in GB. */
  private static final double FREE_DISK_GB = 0.5;

  private final PriceList prices;

  CpuLane(PriceList prices) {
    this.prices = prices;
  }

  /** Memory of the function in GB. */
  double gb() {
    return prices.deployed("cpuGb");
  }

  /** The disk that is paid for, in GB. */
  double diskGb() {
    return prices.deployed("cpuDiskGb") - FREE_DISK_GB;
  }

  double vcpus() {
    return gb() * MB_PER_GB / MB_PER_VCPU;
  }

  /** Seconds of work in the function, given those on the cores of the measurement. */
  double work(double measuredSeconds) {
    double cores = prices.measured("cores");
    return vcpus() <= cores
        ? measuredSeconds * cores / vcpus()
        : measuredSeconds * cores / vcpus() / prices.assumed("cpuScaling");
  }

  /** Seconds until a new instance begins its first job on pictures. */
  double coldPictureSeconds() {
    return cold(prices.measured("pictureModelsGb"));
  }

  /** Seconds until a new instance begins its first job on sound. */
  double coldSoundSeconds() {
    return cold(prices.measured("soundModelsGb"));
  }

  private double cold(double modelsGb) {
    return prices.measured("coldImageSeconds")
        - prices.measured("imageSeconds")
        + modelsGb * 1000 / prices.measured("modelsMbPerSecond");
  }

  /** Seconds of a warm instance for an image. */
  double imageSeconds() {
    return job(prices.measured("imageSeconds"));
  }

  /** Seconds of a warm instance for the pictures of a video. */
  double videoSeconds(double minutes) {
    return job(prices.measured("videoMinuteSeconds") * minutes);
  }

  /** Seconds of a warm instance for sound. */
  double soundSeconds(double minutes) {
    return job(prices.measured("soundMinuteSeconds") * minutes);
  }

  private double job(double measuredSeconds) {
    return prices.measured("transferSeconds") + work(measuredSeconds);
  }

  /** Whether an instance is gone when the next job comes. */
  private boolean isCold(Workload work) {
    return work.gapMinutes() > prices.assumed("cpuKeptMinutes");
  }

  /** New instances in a month. */
  double starts(Workload work) {
    return isCold(work) ? work.jobs() : 0;
  }

  /** Seconds of a month that instances work. */
  double workingSeconds(Workload work) {
    return work.images() * imageSeconds()
        + work.videos()
            * (videoSeconds(work.minutesPerVideo()) + soundSeconds(work.minutesPerVideo()));
  }

  /** All seconds of a month that are paid for. */
  double seconds(Workload work) {
    return workingSeconds(work)
        + (isCold(work)
            ? work.analyses() * coldPictureSeconds() + work.videos() * coldSoundSeconds()
            : 0);
  }
}
