package org.touchstone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.touchstone.checkpoints.Precision;
import org.touchstone.detectors.inference.OnnxSettings.Device;

/**
 * What the command line may choose of the benchmarks of networks.
 *
 * @param device where networks run
 * @param precision of their weights
 * @param peakTeraflops what the device can do per second, to name the share of it; 0 when unknown
 * @param frames that are sampled from the video
 */
record Options(Device device, Precision precision, double peakTeraflops, int frames) {
  /** Few frames, as a CPU takes minutes for the diffusion model's. */
  static final Options DEFAULT = new Options(Device.CPU, Precision.FP32, 0, 4);

  /** An option and the names that are left of the command line. */
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
      case "--device" -> new Options(Device.parse(value), precision, peakTeraflops, frames);
      case "--precision" ->
          new Options(
              device, Precision.valueOf(value.toUpperCase(Locale.ROOT)), peakTeraflops, frames);
      case "--peak" -> new Options(device, precision, Double.parseDouble(value), frames);
      case "--frames" -> new Options(device, precision, peakTeraflops, Integer.parseInt(value));
      default -> throw new IllegalArgumentException("no option " + name);
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
