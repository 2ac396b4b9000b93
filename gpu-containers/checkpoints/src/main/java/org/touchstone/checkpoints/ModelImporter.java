package org.touchstone.checkpoints;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.onnx.ModelWriter;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.read.Checkpoint;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.Tensor;
import org.touchstone.models.ModelManifest;

/**
 * Turns checkpoints into models of a store: {@code {root}/{name}/{version}/} with {@code
 * model.onnx}, {@code model.onnx.data} and {@code model.json}. A model appears whole or not at all,
 * and the same checkpoint always gives the same bytes, and is not stored twice.
 */
public final class ModelImporter {
  /** Room that the graph and the manifest need besides the weights. */
  private static final long MARGIN_BYTES = 16L << 20;

  private static final int DIGEST_DIGITS = 12;
  private static final Pattern VERSION = Pattern.compile("(\\d{1,9})-([0-9a-f]{12}-fp(?:16|32))");
  private static final String TEMPORARY = ".import-";

  private final Path root;

  /**
   * @param root folder of the model store; it is made if it is not there
   */
  public ModelImporter(Path root) {
    this.root = Objects.requireNonNull(root, "root");
  }

  /**
   * Imports a model, or finds that it already is in the store.
   *
   * @throws CheckpointException when the checkpoint cannot be used or the model cannot be written
   * @throws IllegalArgumentException when there is no model of that name
   */
  public ImportedModel importModel(ImportRequest request, ImportProgress progress) {
    PublishedNetwork network = Networks.of(request.detector());
    List<Checkpoint> open = new ArrayList<>();
    try {
      StateDict weights = new StateDict(tensors(network, request, open));
      NetworkVariant variant = network.variant(weights);
      OnnxGraph graph = variant.graph(weights, request.precision().type());
      weights.requireComplete();
      return write(network, variant, request, graph, progress);
    } catch (IOException e) {
      throw new CheckpointException(Kind.NOT_WRITTEN, "the model cannot be written", e);
    } finally {
      open.forEach(Checkpoint::close);
    }
  }

  private static Map<String, Tensor> tensors(
      PublishedNetwork network, ImportRequest request, List<Checkpoint> open) {
    Optional<Function<StateDict, String>> filePrefix = network.filePrefix();
    if (filePrefix.isEmpty()) {
      open.add(Checkpoint.open(request.checkpoints()));
      return open.getFirst().tensors();
    }
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Path path : request.checkpoints()) {
      open.add(Checkpoint.open(List.of(path)));
      Map<String, Tensor> one = open.getLast().tensors();
      String prefix = filePrefix.get().apply(new StateDict(one));
      one.forEach(
          (name, tensor) -> {
            if (all.put(prefix + name, tensor) != null) {
              throw new CheckpointException(
                  Kind.MISMATCH, path.getFileName() + ": another file holds the same network");
            }
          });
    }
    return all;
  }

  private ImportedModel write(
      PublishedNetwork network,
      NetworkVariant variant,
      ImportRequest request,
      OnnxGraph graph,
      ImportProgress progress)
      throws IOException {
    long bytes = ModelWriter.dataBytes(graph);
    Path parent = Files.createDirectories(root.resolve(network.name()));
    if (Files.getFileStore(parent).getUsableSpace() < bytes + MARGIN_BYTES) {
      throw new CheckpointException(
          Kind.NOT_WRITTEN, "the model needs " + (bytes >> 20) + " MiB, more than there is");
    }
    Path temporary = Files.createTempDirectory(parent, TEMPORARY);
    try {
      Map<String, String> files =
          ModelWriter.write(graph, temporary, written -> progress.written(written, bytes));
      String version = version(parent, files, request);
      byte[] manifest = manifest(network, variant, request, version, files);
      Files.write(temporary.resolve(ModelManifest.FILE_NAME), manifest);
      Path folder = parent.resolve(version);
      if (Files.exists(folder)) {
        delete(folder);
      }
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
      return new ImportedModel(network.name(), version, folder, bytes);
    } finally {
      delete(temporary);
    }
  }

  private static byte[] manifest(
      PublishedNetwork network,
      NetworkVariant variant,
      ImportRequest request,
      String version,
      Map<String, String> files) {
    String licence = request.licence().orElseGet(network::licence);
    ManifestDraft draft =
        new ManifestDraft(network.name(), version, licence, files, request.precision().type());
    variant.describe(draft);
    return draft.bytes(request.trainedOn());
  }

  /**
   * A number that counts the imports, so that the last is the newest; then what the content says. A
   * model that is there already keeps its version.
   */
  private static String version(Path parent, Map<String, String> files, ImportRequest request)
      throws IOException {
    String content = digest(files, request) + "-" + request.precision().code();
    int last = 0;
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : folders.toList()) {
        Matcher known = VERSION.matcher(folder.getFileName().toString());
        if (known.matches()) {
          if (known.group(2).equals(content)) {
            return known.group();
          }
          last = Math.max(last, Integer.parseInt(known.group(1)));
        }
      }
    }
    return (last + 1) + "-" + content;
  }

  private static String digest(Map<String, String> files, ImportRequest request) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String content = files + "\n" + request.licence() + "\n" + request.trainedOn();
      byte[] digest = sha256.digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
