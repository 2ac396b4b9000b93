package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.checkpoints.ImportedModel;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.fetch.Fetcher;
import org.touchstone.local.models.Catalogues;
import org.touchstone.local.models.DownloadException;
import org.touchstone.local.models.Downloader;
import org.touchstone.local.models.ModelInstaller;
import org.touchstone.models.catalogue.Catalogue;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models install}: downloads and imports a published checkpoint. */
@Command(
    name = "install",
    description = {
      "Downloads a detector's published checkpoint and imports it.",
      "Repeat the command to continue an interrupted download."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models install retinaface"})
final class ModelsInstallCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;
  @Mixin private PrecisionMixin precision;

  @Parameters(paramLabel = "NAME", description = "A name shown by models list --available.")
  private String name;

  @Option(
      names = "--accept-license",
      description = "Confirm that you read the licence of the weights and that it allows your use.")
  private boolean accepted;

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description = "Your own catalogue, for example of a mirror, instead of the bundled one.")
  private Path catalogueFile;

  @Option(
      names = "--allow-private",
      description = "Also download from private networks, from any port and without encryption.")
  private boolean allowPrivate;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    CatalogueEntry entry = entry();
    if (entry.files().isEmpty()) {
      err.println(
          ResultTable.printable(
              entry.note().orElse("The weights of " + name + " are not published.")));
      return ExitCode.NOT_RESOLVABLE;
    }
    if (entry.restriction().isPresent() && !accepted) {
      err.println(terms(entry));
      return ExitCode.USAGE;
    }
    try {
      ImportedModel model = install(entry, err);
      spec.commandLine().getOut().println("Installed " + model.name() + " " + model.version());
      spec.commandLine().getOut().flush();
      return ExitCode.ANALYSED;
    } catch (DownloadException e) {
      err.println("Not installed: " + ResultTable.printable(e.getMessage()));
      return e.kind() == DownloadException.Kind.NOT_WRITTEN
          ? ExitCode.ENVIRONMENT
          : ExitCode.NOT_RESOLVABLE;
    } catch (CheckpointException e) {
      err.println("Not installed: " + ResultTable.printable(e.getMessage()));
      return ExitCode.ANALYSIS_FAILED;
    }
  }

  private ImportedModel install(CatalogueEntry entry, PrintWriter err) {
    for (var file : entry.files()) {
      err.printf(
          Locale.ROOT,
          "%s from %s, at most %.1f MB%s%n",
          file.name(),
          file.link().host(),
          file.maxBytes() / 1e6,
          file.sha256().isPresent() ? "" : "; its SHA-256 is not published");
    }
    err.flush();
    try (Fetcher fetcher = new Fetcher(allowPrivate ? Downloader.WITH_PRIVATE : Downloader.POLICY);
        ByteProgress progress = new ByteProgress()) {
      Downloader downloader = new Downloader(fetcher, allowPrivate, PAUSE);
      return new ModelInstaller(models.folder(), downloader)
          .install(
              entry,
              precision.value(),
              progress::at,
              (file, sha256) -> {
                progress.close();
                err.println(file + " has the SHA-256 " + sha256);
              },
              (written, total) -> progress.at("importing", written, total));
    }
  }

  private CatalogueEntry entry() {
    try {
      Catalogue catalogue =
          catalogueFile == null ? Catalogues.bundled() : Catalogues.read(catalogueFile);
      return catalogue
          .find(name)
          .orElseThrow(
              () ->
                  usage(
                      "The catalogue does not contain "
                          + name
                          + "; it contains "
                          + catalogue.entries().stream()
                              .map(CatalogueEntry::name)
                              .collect(Collectors.joining(", "))));
    } catch (CatalogueException e) {
      throw usage(e.getMessage());
    }
  }

  private static String terms(CatalogueEntry entry) {
    return String.join(
        System.lineSeparator(),
        ResultTable.printable(
            "The weights of %s are under the licence: %s".formatted(entry.name(), entry.licence())),
        ResultTable.printable(entry.restriction().orElseThrow()),
        ResultTable.printable("See " + entry.homepage()),
        "If the licence allows your use, repeat the command with --accept-license.");
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
