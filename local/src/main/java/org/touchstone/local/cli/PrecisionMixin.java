package org.touchstone.local.cli;

import java.util.Locale;
import org.touchstone.checkpoints.Precision;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of every command that writes a model. */
final class PrecisionMixin {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--precision",
      paramLabel = "fp32|fp16",
      defaultValue = "fp32",
      description = "Type of the weights; fp16 is meant for GPUs (default: ${DEFAULT-VALUE}).")
  private String precision;

  Precision value() {
    try {
      return Precision.valueOf(precision.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--precision must be fp32 or fp16");
    }
  }
}
