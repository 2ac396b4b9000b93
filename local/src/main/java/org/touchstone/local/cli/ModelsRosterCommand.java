package org.touchstone.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;
import org.touchstone.local.roster.BucketRoster;
import org.touchstone.local.roster.PlanException;
import org.touchstone.models.ModelException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code models roster}: writes which detectors a deployment's endpoints run. */
@Command(
    name = "roster",
    description = {
      "Writes the roster of a deployment: which detectors its endpoints run, in which lane.",
      "It is made of the endpoints that the deployment left in the bucket and of the models there."
          + " models push and deploy write it too.",
      "Exit code 0: it is written; 1: a model in the bucket is incomplete, or the endpoints are not"
          + " valid; 3: the bucket does not say which endpoints there are; 4: the bucket cannot be"
          + " read or written."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models roster --bucket my-models"})
final class ModelsRosterCommand implements Callable<Integer> {
  static final String NO_PLAN =
      "The bucket has no endpoints.json, so the roster was not written. Deploy, or give the file"
          + " that synth writes: ./touchstone models roster --bucket BUCKET --endpoints"
          + " infra/target/endpoints.json";

  private static final int MAX_BYTES = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private BucketMixin bucket;

  @Option(
      names = "--endpoints",
      paramLabel = "FILE",
      description =
          "The endpoints, as synth writes them (default: those that are stored in the bucket).")
  private Path endpoints;

  @Option(names = "--json", description = "Print the roster as one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Optional<byte[]> plan = Optional.ofNullable(endpoints).map(this::read);
    return bucket.with(s3 -> write(s3, plan));
  }

  private int write(S3Client s3, Optional<byte[]> plan) {
    PrintWriter err = spec.commandLine().getErr();
    BucketRoster roster = new BucketRoster(s3, bucket.location());
    try {
      plan.ifPresent(roster::savePlan);
      Optional<Roster> written = roster.write();
      written.ifPresent(this::print);
      if (written.isEmpty()) {
        err.println(NO_PLAN);
        return ExitCode.NOT_RESOLVABLE;
      }
      return ExitCode.ANALYSED;
    } catch (PlanException | ModelException e) {
      err.println(ResultTable.printable("The roster was not written: " + e.getMessage()));
      return ExitCode.ANALYSIS_FAILED;
    }
  }

  private void print(Roster roster) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.string(roster));
    } else {
      out.print(RosterTable.render(roster));
    }
    out.flush();
  }

  private byte[] read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--endpoints cannot be read: " + endpoints, e);
    }
  }
}
