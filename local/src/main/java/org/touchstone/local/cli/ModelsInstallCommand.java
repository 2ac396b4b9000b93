package org.touchstone.local.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.domain.files.FileMutex;
import org.touchstone.local.models.Acceptances;
import org.touchstone.local.models.Catalogues;
import org.touchstone.local.models.DownloadException;
import org.touchstone.local.models.Downloader;
import org.touchstone.local.models.FileSource;
import org.touchstone.local.models.GivenFolder;
import org.touchstone.local.models.HubConnection;
import org.touchstone.local.models.ModelInstaller;
import org.touchstone.local.models.Selection;
import org.touchstone.local.selftest.SelfTests;
import org.touchstone.models.catalogue.Catalogue;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueException;
import org.touchstone.models.catalogue.RefusedModels;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models install}: downloads published models, tests them and installs them. */
@Command(
    name = "install",
    description = {
      "Downloads published models, tests them and installs them: the recommended set, or those that"
          + " you name.",
      "Repeat the command to continue an interrupted download.",
      "Exit code 0: all are installed; 5: some were left out, as it says; 2: a licence must be"
          + " accepted first; 3: a file cannot be had; 1: a model did not pass its test; 4: this"
          + " machine's disk, or another installation."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone models install",
      "  ./touchstone models install --accept spectra-aasist3-int8",
      "  ./touchstone models install retinaface"
    })
final class ModelsInstallCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;
  @Mixin private PrecisionMixin precision;
  @Mixin private HubMixin hub;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description =
          "Names shown by models list --available (default: those that it calls recommended).")
  private List<String> names = List.of();

  @Option(
      names = "--accept",
      paramLabel = "NAME",
      split = ",",
      description =
          "Accept what contradicts this model's licence, as it is shown; may be repeated.")
  private Set<String> accepted = Set.of();

  @Option(
      names = "--accept-license",
      description = "Confirm that you read the licence of the weights and that it allows your use.")
  private boolean acceptedLicence;

  @Option(
      names = "--only-undisputed",
      description = "Leave out models whose licence or origin is disputed.")
  private boolean onlyUndisputed;

  @Option(
      names = "--force",
      description = "Install a model that others found broken or inverted all the same.")
  private boolean force;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Take the files from this folder (DIR/NAME/FILE or DIR/FILE) and download nothing.")
  private Path from;

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description = "Your own catalogue, for example of a mirror, instead of the bundled one.")
  private Path catalogueFile;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    RefusedModels refused = RefusedModels.bundled();
    InstallReport report = new InstallReport(spec.commandLine(), json);
    if (anyRefused(refused, report)) {
      return report.finish();
    }
    Selection selection = select(wanted(), refused);
    selection.leftOut().forEach(report::leftOut);
    if (!selection.install().isEmpty()) {
      try {
        install(selection.install(), report);
      } catch (DownloadException e) {
        report.failed("", e);
      } catch (IOException | UncheckedIOException e) {
        report.unwritable();
      }
    }
    return report.finish();
  }

  private boolean anyRefused(RefusedModels refused, InstallReport report) {
    boolean any = false;
    for (String name : force ? List.<String>of() : names) {
      Optional<RefusedModels.Refused> broken = refused.named(name);
      broken.ifPresent(model -> report.refused(name, Selection.sentence(model)));
      any |= broken.isPresent();
    }
    return any;
  }

  private List<CatalogueEntry> wanted() {
    Catalogue catalogue = catalogue();
    if (names.isEmpty()) {
      if (catalogue.recommended().isEmpty()) {
        throw usage("The catalogue recommends nothing; name what to install");
      }
      return catalogue.recommended();
    }
    List<CatalogueEntry> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(
          catalogue
              .find(name)
              .orElseThrow(
                  () ->
                      usage(
                          "The catalogue does not contain "
                              + name
                              + "; it contains "
                              + catalogue.entries().stream()
                                  .map(CatalogueEntry::name)
                                  .collect(Collectors.joining(", ")))));
    }
    return wanted;
  }

  private Selection select(List<CatalogueEntry> wanted, RefusedModels refused) {
    Set<String> unknown = new HashSet<>(accepted);
    wanted.forEach(entry -> unknown.remove(entry.name()));
    if (!unknown.isEmpty()) {
      throw usage("--accept names " + unknown.iterator().next() + ", which is not to be installed");
    }
    return Selection.of(
        wanted,
        new Selection.Consent(
            accepted,
            acceptedLicence,
            onlyUndisputed,
            force,
            new Acceptances(models.folder())::holdFor),
        refused);
  }

  private void install(List<CatalogueEntry> entries, InstallReport report) throws IOException {
    Path folder = models.folder();
    try (FileMutex lock = ModelInstaller.lock(folder);
        HubConnection connection = from == null ? hub.connection() : null) {
      FileSource source = from == null ? new Downloader(connection, PAUSE) : new GivenFolder(from);
      ModelInstaller installer = new ModelInstaller(folder, source, new SelfTests());
      ModelInstaller.removeAbandoned(folder);
      report.begin(entries, folder, entry -> installer.missingBytes(entry, precision.value()));
      Acceptances acceptances = new Acceptances(folder);
      for (CatalogueEntry entry : entries) {
        if (entry.restriction().isPresent() || entry.licences().conflict().isPresent()) {
          acceptances.add(entry);
        }
      }
      for (CatalogueEntry entry : entries) {
        report.install(entry, () -> installer.install(entry, precision.value(), report));
      }
    }
  }

  private Catalogue catalogue() {
    try {
      return catalogueFile == null ? Catalogues.bundled() : Catalogues.read(catalogueFile);
    } catch (CatalogueException e) {
      throw usage(e.getMessage());
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
