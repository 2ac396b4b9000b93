package org.touchstone.bench;

import java.util.Arrays;
import java.util.List;
import org.touchstone.detectors.inference.OnnxSettings.Device;

/** A network of the ensemble, with its input and its cost. */
enum BenchNetwork {
  UFD("ufd", "images", 224, 1, 81, 8),
  DISTIL_DIRE("distil-dire", "images", 256, 1, 1114, 1),
  /** GenConViT's two networks together. */
  GENCONVIT("genconvit", "faces", 224, 1, 16, 16),
  FTCN("ftcn", "clips", 224, 32, 66.6, 1),
  /** The network of the recommended image detector. */
  COMMUNITY_FORENSICS("commfor", "images", 384, 1, 15.5, 8),
  GEND("gend", "faces", 224, 1, 81, 8);

  private static final List<Integer> SWEEP = List.of(1, 2, 4, 8, 16, 32, 64);

  private final String detector;
  private final String unit;
  private final int side;
  private final int frames;
  private final double gigaMacs;
  private final int cpuBatch;

  /**
   * @param gigaMacs multiply-accumulate operations per row, in billions
   * @param cpuBatch batch size on a CPU, in rows
   */
  BenchNetwork(String detector, String unit, int side, int frames, double gigaMacs, int cpuBatch) {
    this.detector = detector;
    this.unit = unit;
    this.side = side;
    this.frames = frames;
    this.gigaMacs = gigaMacs;
    this.cpuBatch = cpuBatch;
  }

  static BenchNetwork of(String detector) {
    return Arrays.stream(values())
        .filter(n -> n.detector.equals(detector))
        .findFirst()
        .orElseThrow();
  }

  String detector() {
    return detector;
  }

  /** The unit of a row, such as {@code faces}. */
  String unit() {
    return unit;
  }

  int rowBytes() {
    return frames * side * side * 3;
  }

  long[] shape(int rows) {
    return frames == 1
        ? new long[] {rows, side, side, 3}
        : new long[] {rows, frames, side, side, 3};
  }

  /** Operations per row in trillions; a multiply-accumulate counts as two. */
  double teraOps() {
    return 2 * gigaMacs / 1000;
  }

  /** The batch sizes that are worth measuring on the device. */
  List<Integer> batches(Device device) {
    return device.isCpu() ? List.of(cpuBatch) : SWEEP;
  }
}
