package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.local.models.ModelPush;
import org.touchstone.local.roster.BucketRoster;
import org.touchstone.local.roster.PlanException;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.worker.models.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code models push}: brings installed models to a deployment. */
@Command(
    name = "push",
    description = {
      "Uploads the installed models to the bucket that a deployment's endpoints read them from.",
      "Then writes the roster, so that the detectors of new models are asked: endpoints that run"
          + " already have them from their next start.",
      "Credentials and region are those of the AWS CLI. What is there already is not uploaded again.",
      "Exit code 0: all are there; 1: a model is damaged, or another of its name and version is"
          + " there; 3: no such model; 4: the bucket cannot be written."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models push --bucket my-models"})
final class ModelsPushCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;
  @Mixin private BucketMixin bucket;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Only these models (default: all that are installed).")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    ModelSource to = bucket.location();
    List<InstalledModel> wanted =
        new ModelStore(models.folder())
            .newest().stream()
                .filter(model -> names.isEmpty() || names.contains(model.manifest().name()))
                .toList();
    PrintWriter err = spec.commandLine().getErr();
    for (String name : names) {
      if (wanted.stream().noneMatch(model -> model.manifest().name().equals(name))) {
        err.println(ResultTable.printable(name + " is not installed."));
        return ExitCode.NOT_RESOLVABLE;
      }
    }
    if (wanted.isEmpty()) {
      err.println("No model is installed. Run: ./touchstone models install");
      return ExitCode.NOT_RESOLVABLE;
    }
    return bucket.with(
        s3 -> {
          int pushed = push(new ModelPush(s3, to, models.folder()), wanted);
          return Math.max(pushed, writeRoster(new BucketRoster(s3, to)));
        });
  }

  /** Detectors of models that are there now get jobs from now on. */
  private int writeRoster(BucketRoster roster) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      if (roster.write().isEmpty()) {
        err.println(ModelsRosterCommand.NO_PLAN);
      }
      return ExitCode.ANALYSED;
    } catch (PlanException | ModelException e) {
      err.println(ResultTable.printable("The roster was not written: " + e.getMessage()));
      return ExitCode.ANALYSIS_FAILED;
    }
  }

  private int push(ModelPush push, List<InstalledModel> wanted) {
    try (ByteProgress progress = new ByteProgress()) {
      return push(push, wanted, progress);
    } catch (IOException e) {
      throw new UncheckedIOException("a model cannot be read: " + e.getMessage(), e);
    }
  }

  private int push(ModelPush push, List<InstalledModel> wanted, ByteProgress progress)
      throws IOException {
    ArrayNode document = Json.mapper().createArrayNode();
    int exitCode = ExitCode.ANALYSED;
    for (InstalledModel model : wanted) {
      String name = model.manifest().name();
      String version = model.manifest().version();
      try {
        ModelPush.Result result = push.push(model, progress::at);
        progress.close();
        document
            .addObject()
            .put("name", name)
            .put("version", version)
            .put("uploaded", result.uploaded())
            .put("present", result.present())
            .put("bytes", result.bytes())
            .put("newer", result.newer().orElse(null));
        if (!json) {
          spec.commandLine()
              .getOut()
              .println(
                  "%s %s: %d files uploaded (%s), %d were there"
                      .formatted(
                          name,
                          version,
                          result.uploaded(),
                          InstallReport.megabytes(result.bytes()),
                          result.present()));
        }
        result
            .newer()
            .ifPresent(
                newer ->
                    spec.commandLine()
                        .getErr()
                        .println(
                            ResultTable.printable(
                                "%s: the deployment uses version %s, which is newer and in the"
                                        .formatted(name, newer)
                                    + " bucket too. Delete that one there to use this one.")));
      } catch (ModelException e) {
        document.addObject().put("name", name).put("version", version).put("fault", e.getMessage());
        spec.commandLine()
            .getErr()
            .println(ResultTable.printable("Not uploaded, %s: %s".formatted(name, e.getMessage())));
        exitCode = ExitCode.ANALYSIS_FAILED;
      } catch (SdkException e) {
        document
            .addObject()
            .put("name", name)
            .put("version", version)
            .put("fault", AwsFaults.reason(e));
        progress.close();
        spec.commandLine().getErr().println(ResultTable.printable(AwsFaults.reason(e)));
        exitCode = ExitCode.ENVIRONMENT;
        break; // the next model would wait for the same answer
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.string(document));
    }
    spec.commandLine().getOut().flush();
    return exitCode;
  }
}
