package org.touchstone.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.c2pa.C2paValidator;
import org.touchstone.c2pa.Validation;
import org.touchstone.domain.Json;
import org.touchstone.provenance.trust.TrustLists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code provenance}: what the content credentials of files are worth. */
@Command(
    name = "provenance",
    description = {
      "Says what a file's content credentials (C2PA) are worth: who signed them, what was done,"
          + " whether the file was changed since.",
      "It reads the file alone: nothing is fetched, and no detector runs."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file was read, whatever its credentials are worth",
      "2:wrong usage",
      "3:a file cannot be read"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./touchstone provenance photo.jpg", "  ./touchstone provenance --json *.png"})
final class ProvenanceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document per file, with every status.")
  private boolean json;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
  private List<Path> files;

  /** The result for one file. */
  private record FileResult(String file, Instant listIssued, Validation credentials) {}

  @Override
  public Integer call() {
    TrustLists lists = TrustLists.bundled();
    InstantSource clock = InstantSource.system();
    C2paValidator validator = new C2paValidator(lists.trust(), clock);
    PrintWriter out = spec.commandLine().getOut();
    int code = ExitCode.ANALYSED;
    for (Path file : files) {
      try {
        Optional<Validation> found = validator.validate(file);
        out.println(
            json
                ? Json.string(
                    new FileResult(
                        file.getFileName().toString(), lists.issued(), found.orElse(null)))
                : CredentialText.of(file.getFileName().toString(), found, lists.issued()));
      } catch (IOException e) {
        spec.commandLine().getErr().println(unreadable(file));
        code = ExitCode.NOT_RESOLVABLE;
      }
      out.flush();
    }
    if (lists.isOutdatedAt(clock.instant())) {
      spec.commandLine()
          .getErr()
          .println("The list of trusted signers is older than it should be; update Touchstone.");
    }
    return code;
  }

  private static String unreadable(Path file) {
    String name = ResultTable.printable(file.toString());
    return Files.exists(file) ? name + " cannot be read." : "There is no file " + name + ".";
  }
}
