package org.touchstone.local.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ImportedModel;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.checkpoints.Networks;
import org.touchstone.checkpoints.tensor.CheckpointException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models import}: turns a published checkpoint into an installed model. */
@Command(
    name = "import",
    description = {
      "Turns a detector's published checkpoint into an installed model.",
      "Checkpoints are read without running anything they name. Observe the licence of the weights."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models import retinaface --checkpoint Resnet50_Final.pth"})
final class ModelsImportCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DETECTOR",
      completionCandidates = NetworkNames.class,
      description = "One of ${COMPLETION-CANDIDATES}; retinaface finds faces for the others.")
  private String detector;

  @Option(
      names = "--checkpoint",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description = {
        "The checkpoint's files: .pth, .pt, .bin, .safetensors or a shard index.",
        "For whisper also its vocabulary: vocab.json, tokenizer.json or .tiktoken."
      })
  private List<Path> checkpoints;

  @Mixin private PrecisionMixin precision;

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      description = "Licence of the weights, if they differ from the published ones.")
  private String licence;

  @Option(
      names = "--trained-on",
      paramLabel = "NAME",
      description = "Data the weights were trained on; may be repeated.")
  private List<String> trainedOn = List.of();

  @Override
  public Integer call() {
    if (!Networks.names().contains(detector)) {
      throw usage(
          "A model called "
              + detector
              + " cannot be imported; the importable models are "
              + String.join(", ", Networks.names()));
    }
    ImportRequest request = request();
    try (ByteProgress progress = new ByteProgress()) {
      ImportedModel model =
          new ModelImporter(models.folder())
              .importModel(request, (written, total) -> progress.at("importing", written, total));
      spec.commandLine().getOut().println("Installed " + model.name() + " " + model.version());
      spec.commandLine().getOut().flush();
      return ExitCode.ANALYSED;
    } catch (CheckpointException e) {
      spec.commandLine().getErr().println("Not imported: " + ResultTable.printable(e.getMessage()));
      return ExitCode.ANALYSIS_FAILED;
    }
  }

  private ImportRequest request() {
    try {
      return new ImportRequest(
          detector, checkpoints, precision.value(), Optional.ofNullable(licence), trainedOn);
    } catch (IllegalArgumentException e) {
      throw usage("Not imported: " + e.getMessage());
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  /** The model names that the help lists. */
  static final class NetworkNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Networks.names().iterator();
    }
  }
}
