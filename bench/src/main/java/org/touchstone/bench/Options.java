package org.touchstone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.touchstone.checkpoints.Precision;
import org.touchstone.detectors.inference.OnnxSettings.Device;

/**
 * Command-line options of the network benchmarks.
 *
 * @param device where the networks run
 * @param precision of their weights
 * @param peakTeraflops the device's peak, to report the share of it that is reached; 0 when unknown
 * @param frames number of frames sampled from the video
 * @param networks the detectors of the networks to run; empty for all
 */
record Options(
    Device device, Precision precision, double peakTeraflops, int frames, List<String> networks) {
  /** Few frames, because a CPU takes minutes for those of the diffusion model. */
  static final Options DEFAULT = new Options(Device.CPU, Precision.FP32, 0, 4, List.of());

  /** The parsed options and the remaining names of the command line. */
  record Parsed(Options options, List<String> names) {}

  /**
   * @throws IllegalArgumentException when an option is unknown or has no value
   */
  static Parsed parse(List<String> arguments) {
    Options options = DEFAULT;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (!name.startsWith("--")) {
        names.add(name);
        continue;
      }
      i++;
      if (i == arguments.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      options = options.with(name, arguments.get(i));
    }
    return new Parsed(options, names);
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--device" ->
          new Options(Device.parse(value), precision, peakTeraflops, frames, networks);
      case "--precision" ->
          new Options(
              device,
              Precision.valueOf(value.toUpperCase(Locale.ROOT)),
              peakTeraflops,
              frames,
              networks);
      case "--peak" -> new Options(device, precision, Double.parseDouble(value), frames, networks);
      case "--frames" ->
          new Options(device, precision, peakTeraflops, Integer.parseInt(value), networks);
      case "--networks" ->
          new Options(device, precision, peakTeraflops, frames, List.of(value.split(",")));
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  List<String> arguments() {
    return List.of(
        "--device",
        device.toString(),
        "--precision",
        precision.code(),
        "--peak",
        Double.toString(peakTeraflops),
        "--frames",
        Integer.toString(frames));
  }
}
