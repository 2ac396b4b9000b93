package org.touchstone.local.cli;

import java.nio.file.Path;
import org.touchstone.local.models.HubConnection;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of how to reach the places where models are published. */
final class HubMixin {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Base address of a mirror of huggingface.co (default: $$HF_ENDPOINT). HF_TOKEN,"
              + " HTTPS_PROXY and NO_PROXY are used as well.")
  private String mirror;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) to trust besides the public ones, such as your organisation's"
              + " (default: $$SSL_CERT_FILE).")
  private Path certificates;

  @Option(
      names = "--allow-private",
      description = "Also download from private networks, from any port and without encryption.")
  private boolean allowPrivate;

  HubConnection connection() {
    try {
      return new HubConnection(
          HubConnection.Settings.of(
              System.getenv(),
              mirror,
              certificates,
              allowPrivate,
              path -> StackMixin.resolve(path.toString())));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), ResultTable.printable(e.getMessage()));
    }
  }
}
