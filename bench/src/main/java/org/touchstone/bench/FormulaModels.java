package org.touchstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.checkpoints.ImportProgress;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.checkpoints.Precision;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.formula.GoldenFile;

/**
 * The published networks at full size with weights made by a formula, imported like any checkpoint.
 * The speed of a network does not depend on the values of its weights.
 */
final class FormulaModels {
  private final Path root;
  private final Precision precision;

  /**
   * @param root folder of the models, kept for later runs
   */
  FormulaModels(Path root, Precision precision) {
    this.root = root;
    this.precision = precision;
  }

  /** A store that holds the models of these detectors. */
  ModelStore with(List<String> detectors) throws IOException {
    ModelStore store = new ModelStore(root);
    for (String detector : detectors) {
      if (store.find(detector).isEmpty()) {
        make(detector);
      }
    }
    return store;
  }

  private void make(String detector) throws IOException {
    System.out.println("making " + detector + " by formula");
    Files.createDirectories(root);
    List<Path> checkpoints = new ArrayList<>();
    try {
      for (List<FormulaTensor> tensors : tensors(detector)) {
        checkpoints.add(Files.createTempFile(root, ".formula-", ".safetensors"));
        CheckpointWriter.safetensors(checkpoints.getLast(), tensors);
      }
      new ModelImporter(root)
          .importModel(new ImportRequest(detector, checkpoints, precision), ImportProgress.NONE);
    } finally {
      for (Path checkpoint : checkpoints) {
        Files.delete(checkpoint);
      }
    }
  }

  /** The tensors of each checkpoint of a detector. */
  private static List<List<FormulaTensor>> tensors(String detector) {
    return switch (detector) {
      case "ufd" -> List.of(tensors("clip-vit-l14", "keys", "head_keys"));
      case "distil-dire" -> List.of(tensors("distildire", "unet_keys", "student_keys"));
      case "genconvit" ->
          List.of(tensors("genconvit-ed", "keys"), tensors("genconvit-vae", "keys"));
      case "ftcn", "styleflow" -> List.of(tensors("ftcn", "keys"));
      case "commfor" -> List.of(tensors("timm-vit-s16-384", "keys"));
      case "gend" -> List.of(tensors("gend-clip-l14", "keys"));
      case "retinaface" -> List.of(tensors("retinaface", "keys"));
      case "wav2vec2" -> List.of(FormulaSpeech.tensors());
      default -> throw new IllegalArgumentException(detector);
    };
  }

  private static List<FormulaTensor> tensors(String golden, String... lists) {
    JsonNode root = GoldenFile.read(golden);
    List<FormulaTensor> tensors = new ArrayList<>();
    for (String list : lists) {
      tensors.addAll(FormulaTensor.of(root.get(list)));
    }
    return tensors;
  }
}
