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
import org.touchstone.c2pa.Validation;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;
import org.touchstone.local.stack.StackException;
import org.touchstone.provenance.ContainerTags;
import org.touchstone.provenance.MetadataReader;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.provenance.trust.TrustFiles;
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
      "Says what a file proves or says about its origin: what its content credentials (C2PA) are"
          + " worth, who signed them, what was done, whether the file was changed since, and which"
          + " labels of generators it has.",
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

  @Option(
      names = "--trust",
      paramLabel = "DIR",
      description =
          "Folder of lists of those who vouch (default: trust in $TOUCHSTONE_HOME or"
              + " ~/.touchstone, beside the bundled ones).")
  private Path trust;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
  private List<Path> files;

  /** The result for one file. */
  private record FileResult(String file, Provenance provenance, Validation credentials) {}

  @Override
  public Integer call() {
    TrustLists lists = lists();
    ProvenanceReader reader = new ProvenanceReader(lists, InstantSource.system());
    PrintWriter out = spec.commandLine().getOut();
    int code = ExitCode.ANALYSED;
    for (Path file : files) {
      String name = file.getFileName().toString();
      try {
        Optional<Validation> found = json ? reader.validate(file) : Optional.empty();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
          throw new IOException("not a file that can be read");
        }
        Provenance provenance =
            reader.read(
                file, new MetadataReader().read(file, ContainerTags.NONE), modality(file), true);
        if (json) {
          out.println(Json.string(new FileResult(name, provenance, found.orElse(null))));
        } else {
          print(name, provenance, out);
        }
      } catch (IOException e) {
        spec.commandLine().getErr().println(unreadable(file));
        code = ExitCode.NOT_RESOLVABLE;
      }
      out.flush();
    }
    if (lists.isOutdatedAt(Instant.now())) {
      spec.commandLine()
          .getErr()
          .println(
              "The list of trusted signers is older than it should be: ./touchstone trust update");
    }
    return code;
  }

  private TrustLists lists() {
    try {
      return TrustLists.of(TrustFiles.in(trust == null ? TrustMixin.usual() : trust));
    } catch (IOException e) {
      throw new StackException("The lists of those who vouch cannot be read: " + e.getMessage(), e);
    }
  }

  /** What labels to look for; files that cannot be analysed may have credentials all the same. */
  private static Modality modality(Path file) throws IOException {
    try {
      return Sniffer.sniff(file).modality();
    } catch (NotMediaException e) {
      return Modality.IMAGE;
    }
  }

  private static void print(String name, Provenance provenance, PrintWriter out) {
    out.println(ResultTable.printable(name));
    out.println(
        "  "
            + (provenance.state() == State.ABSENT
                ? "It has no content credentials. Their absence says nothing."
                : sentence(ProvenanceText.summary(provenance))));
    ProvenanceText.story(provenance).forEach(line -> out.println("    " + line));
    if (!provenance.codes().isEmpty()) {
      out.println("  Found: " + String.join(", ", provenance.codes()));
    }
    String judged = ProvenanceText.judgedBy(provenance);
    if (judged != null) {
      out.println("  " + sentence(judged));
    }
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (text.endsWith(".") ? "" : ".");
  }

  private static String unreadable(Path file) {
    String name = ResultTable.printable(file.toString());
    return Files.exists(file) ? name + " cannot be read." : "There is no file " + name + ".";
  }
}
