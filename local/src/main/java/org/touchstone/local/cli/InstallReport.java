package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.domain.Json;
import org.touchstone.local.models.DownloadException;
import org.touchstone.local.models.InstallListener;
import org.touchstone.local.models.ModelInstaller.Installed;
import org.touchstone.local.models.Selection.LeftOut;
import org.touchstone.local.models.Selection.Why;
import org.touchstone.local.selftest.SelfTestException;
import org.touchstone.local.selftest.SelfTestResult;
import org.touchstone.models.ModelException;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueFile;
import picocli.CommandLine;

/**
 * Tells of an installation: for people as it goes on, or for programs as one document at its end.
 */
final class InstallReport implements InstallListener {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final ObjectNode document = Json.mapper().createObjectNode();
  private ByteProgress progress = new ByteProgress();
  private SelfTestResult tested;
  private int failure = ExitCode.ANALYSED;
  private int worstLeftOut = ExitCode.ANALYSED;
  private boolean installedAny;

  InstallReport(CommandLine command, boolean json) {
    this.out = command.getOut();
    this.err = command.getErr();
    this.json = json;
    document.putArray("installed");
    document.putArray("leftOut");
    document.putArray("failed");
  }

  /** An entry that is not installed: with what its licences say, and what to do. */
  void leftOut(LeftOut leftOut) {
    CatalogueEntry entry = leftOut.entry();
    String name = entry.name();
    document
        .withArray("leftOut")
        .addObject()
        .put("entry", name)
        .put("why", leftOut.why().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("reason", leftOut.reason())
        .put("licence", entry.licenceText());
    say(
        switch (leftOut.why()) {
          case NOT_PUBLISHED -> leftOut.reason();
          case REFUSED ->
              "%s is left out: %s Install it all the same with --force."
                  .formatted(name, leftOut.reason());
          case DISPUTED -> "%s is left out: %s".formatted(name, leftOut.reason());
          case CONFLICT -> "%s is left out: %s".formatted(name, leftOut.reason());
          case RESTRICTED ->
              "The weights of %s are under the licence: %s"
                  .formatted(name, entry.licences().weights());
        });
    if (leftOut.why() == Why.CONFLICT || leftOut.why() == Why.RESTRICTED) {
      entry.licenceText().lines().forEach(line -> err.println("  " + ResultTable.printable(line)));
      say(
          leftOut.why() == Why.RESTRICTED
              ? "If the licence allows your use, repeat the command with --accept-license."
              : "If you accept this, repeat the command with --accept " + name + ".");
    }
    worstLeftOut =
        Math.max(
            worstLeftOut,
            switch (leftOut.why()) {
              case DISPUTED -> ExitCode.ANALYSED;
              case CONFLICT, RESTRICTED -> ExitCode.USAGE;
              case NOT_PUBLISHED, REFUSED -> ExitCode.NOT_RESOLVABLE;
            });
  }

  /** A name of a model that others found broken, whether the catalogue has it or not. */
  void refused(String name, String reason) {
    document
        .withArray("leftOut")
        .addObject()
        .put("entry", name)
        .put("why", "refused")
        .put("reason", reason);
    say(name + " is not installed: " + reason);
    worstLeftOut = Math.max(worstLeftOut, ExitCode.NOT_RESOLVABLE);
  }

  /**
   * Tells what is about to be downloaded.
   *
   * @param missingBytes the bytes that an entry still needs on the disk
   * @throws DownloadException when there is not enough space for it
   */
  void begin(List<CatalogueEntry> entries, Path models, ToLongFunction<CatalogueEntry> missingBytes)
      throws IOException {
    long bytes = entries.stream().mapToLong(missingBytes).sum();
    Path there = models.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    long free = Files.getFileStore(there).getUsableSpace();
    say(
        "Installing %s; this needs %s of disk space, %s are free."
            .formatted(
                entries.stream().map(CatalogueEntry::name).collect(Collectors.joining(", ")),
                megabytes(bytes),
                megabytes(free)));
    if (free < bytes) {
      throw new DownloadException(
          DownloadException.Kind.NOT_WRITTEN,
          "the disk has too little space: %s are needed, %s are free"
              .formatted(megabytes(bytes), megabytes(free)));
    }
  }

  /** Installs one entry; what goes wrong with it does not stop the next. */
  void install(CatalogueEntry entry, Supplier<Installed> installation) {
    for (CatalogueFile file : entry.files()) {
      say(
          "%s from %s, %s%s%s"
              .formatted(
                  file.name(),
                  file.link().host(),
                  file.exact() ? "" : "at most ",
                  megabytes(file.maxBytes()),
                  file.sha256().isPresent() ? "" : "; its SHA-256 is not published"));
    }
    tested = null;
    try {
      installed(entry, installation.get());
    } catch (DownloadException e) {
      failed(entry.name(), e);
    } catch (SelfTestException | CheckpointException | ModelException e) {
      failed(entry.name(), ExitCode.ANALYSIS_FAILED, "not-usable", e.getMessage());
    } finally {
      progress.close();
    }
  }

  private void installed(CatalogueEntry entry, Installed installed) {
    installedAny = true;
    document
        .withArray("installed")
        .addObject()
        .put("entry", entry.name())
        .put("name", installed.name())
        .put("version", installed.version())
        .put("already", installed.already())
        .put("selfTest", tested == null ? null : tested.kind().title());
    if (!json) {
      progress.close();
      out.println(
          (installed.already() ? "Already installed " : "Installed ")
              + installed.name()
              + " "
              + installed.version()
              + (tested == null ? "" : "; " + tested.line()));
      out.flush();
    }
  }

  /** An entry, or all of them, could not be had. */
  void failed(String entry, DownloadException e) {
    failed(
        entry,
        e.kind() == DownloadException.Kind.NOT_WRITTEN
            ? ExitCode.ENVIRONMENT
            : ExitCode.NOT_RESOLVABLE,
        e.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        e.getMessage());
  }

  /** The store cannot be written. */
  void unwritable() {
    failed(
        "",
        ExitCode.ENVIRONMENT,
        "not-written",
        "the folder of the models cannot be read or written, or its disk is full");
  }

  private void failed(String entry, int exitCode, String why, String reason) {
    failure = Math.max(failure, exitCode);
    document
        .withArray("failed")
        .addObject()
        .put("entry", entry.isEmpty() ? null : entry)
        .put("why", why)
        .put("reason", reason);
    progress.close();
    say("Not installed" + (entry.isEmpty() ? "" : ", " + entry) + ": " + reason);
  }

  /** Prints the document, if one is wanted; returns the exit code. */
  int finish() {
    if (json) {
      out.println(Json.string(document));
    }
    out.flush();
    err.flush();
    if (failure != ExitCode.ANALYSED) {
      return failure;
    }
    return worstLeftOut == ExitCode.ANALYSED || !installedAny
        ? worstLeftOut
        : ExitCode.NOT_COMPLETE;
  }

  @Override
  public void received(String file, long received, long total) {
    progress.at(file, received, total);
  }

  @Override
  public void imported(long written, long total) {
    progress.at("importing", written, total);
  }

  @Override
  public void unpublished(String file, String sha256) {
    progress.close();
    say(file + " has the SHA-256 " + sha256);
  }

  @Override
  public void tested(SelfTestResult result) {
    tested = result;
  }

  private void say(String line) {
    err.println(ResultTable.printable(line));
    err.flush();
  }

  static String megabytes(long bytes) {
    return bytes >= 10_000_000_000L
        ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
