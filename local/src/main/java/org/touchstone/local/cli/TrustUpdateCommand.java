package org.touchstone.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.provenance.trust.TrustFiles;
import org.touchstone.provenance.trust.TrustUpdate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trust update}: takes the lists that C2PA publishes. */
@Command(
    name = "update",
    description = {
      "Fetches C2PA's lists of signers, of time stamp authorities and of conforming products, shows"
          + " what is different, and puts them in force. The old ones are kept beside them, with"
          + " the ending .before.",
      "A list that is empty, cannot be read, or is older than the one in force is refused, and"
          + " then nothing is changed.",
      "Exit code 0: the lists are up to date; 4: they were not changed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone trust update --dry-run",
      "  ./touchstone trust update --bucket my-deployment"
    })
final class TrustUpdateCommand implements Callable<Integer> {
  private static final String PUBLISHED =
      "https://raw.githubusercontent.com/c2pa-org/conformance-public/main/";
  private static final Map<String, String> PATHS =
      Map.of(
          TrustFiles.OFFICIAL,
          "trust-list/C2PA-TRUST-LIST.json",
          TrustFiles.TIME,
          "trust-list/C2PA-TSA-TRUST-LIST.json",
          TrustFiles.PRODUCTS,
          "conforming-products/conforming-products-list.json");
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int OK = 200;

  @Spec private CommandSpec spec;
  @Mixin private TrustMixin trust;

  @Option(names = "--dry-run", description = "Only show what is different.")
  private boolean dryRun;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Take the files from a folder instead, by the names that they have at C2PA, such as"
              + " C2PA-TRUST-LIST.json.")
  private Path from;

  @Override
  public Integer call() {
    return trust.with(
        place -> {
          TrustUpdate update = TrustUpdate.of(place, from == null ? fetched() : given());
          PrintWriter out = spec.commandLine().getOut();
          if (update.files().isEmpty()) {
            out.println("The lists are up to date.");
          }
          for (Map.Entry<String, TrustUpdate.Change> change :
              new TreeMap<>(update.changes()).entrySet()) {
            out.println(change.getKey());
            change.getValue().added().forEach(name -> out.println("  + " + clean(name)));
            change.getValue().removed().forEach(name -> out.println("  - " + clean(name)));
            if (change.getValue().added().isEmpty() && change.getValue().removed().isEmpty()) {
              out.println("  the same entries, with other details");
            }
          }
          if (!dryRun) {
            for (Map.Entry<String, byte[]> file : update.files().entrySet()) {
              place.save(file.getKey(), file.getValue());
            }
          }
          out.flush();
          return ExitCode.ANALYSED;
        });
  }

  private static String clean(String name) {
    return ResultTable.printable(name);
  }

  private Map<String, byte[]> given() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, String> path : PATHS.entrySet()) {
      Path file = from.resolve(Path.of(path.getValue()).getFileName());
      if (Files.exists(file)) {
        files.put(path.getKey(), TrustFiles.in(from).read(file.getFileName().toString()).get());
      }
    }
    if (files.isEmpty()) {
      throw new IOException("there is no list in the folder");
    }
    return files;
  }

  private static Map<String, byte[]> fetched() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    FetchPolicy policy = FetchPolicy.ofService(false, TrustFiles.MAX_BYTES, DEADLINE);
    try (Fetcher fetcher = new Fetcher(policy)) {
      for (Map.Entry<String, String> path : PATHS.entrySet()) {
        FetchRequest request = FetchRequest.get(WebLink.parse(PUBLISHED + path.getValue()));
        files.put(
            path.getKey(),
            fetcher.exchange(
                request,
                reply -> {
                  if (reply.status() != OK) {
                    throw new IOException(path.getValue() + " cannot be fetched");
                  }
                  return reply.body().readAllBytes();
                }));
      }
    } catch (ProblemException e) {
      throw new IOException(e.getMessage(), e);
    }
    return files;
  }
}
