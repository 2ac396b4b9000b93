package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.provenance.trust.TrustLists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trust show}: the lists in force. */
@Command(
    name = "show",
    description = "Shows the lists in force: their dates and how many entries they have.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone trust show"})
final class TrustShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TrustMixin trust;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  /** What is shown. */
  private record Shown(
      String version, Instant issued, Instant nextUpdate, TrustLists.Counts entries) {}

  @Override
  public Integer call() {
    return trust.with(
        place -> {
          TrustLists lists = TrustLists.of(place);
          PrintWriter out = spec.commandLine().getOut();
          TrustLists.Counts counts = lists.counts();
          if (json) {
            out.println(
                Json.string(
                    new Shown(lists.version(), lists.issued(), lists.nextUpdate(), counts)));
          } else {
            out.printf(
                "C2PA's list of signers        %d certificates, issued %s, next update by %s%n",
                counts.official(), day(lists.issued()), day(lists.nextUpdate()));
            out.printf("C2PA's time stamp authorities %d certificates%n", counts.timeAuthorities());
            out.printf("C2PA's conforming products    %d%n", counts.products());
            out.printf(
                "Known generators              %d makers, who vouch only for what they make%n",
                counts.generators());
            out.printf(
                "Interim list                  %d certificates, for signatures before 2026%n",
                counts.interim());
            out.printf("Your own list                 %d certificates%n", counts.own());
            out.printf("Distrusted                    %d certificates%n", counts.distrusted());
            out.printf("Version                       %s%n", lists.version());
            if (lists.isOutdatedAt(Instant.now())) {
              out.println("C2PA's list is older than it should be: ./touchstone trust update");
            }
          }
          out.flush();
          return ExitCode.ANALYSED;
        });
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
