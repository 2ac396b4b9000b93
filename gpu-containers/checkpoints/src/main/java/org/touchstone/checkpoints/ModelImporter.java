package org.touchstone.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.onnx.ModelWriter;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.Checkpoint;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.checkpoints.tensor.Tensor;
import org.touchstone.domain.files.Sha256;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;

/**
 * Turns checkpoints into models of a store: {@code {root}/{name}/{version}/} with {@code
 * model.onnx}, {@code model.onnx.data} and {@code model.json}. A model appears whole or not at all.
 * The same checkpoint always gives the same bytes and is not stored twice.
 */
public final class ModelImporter {
  /** Disk space that the graph and the manifest need besides the weights. */
  private static final long MARGIN_BYTES = 16L << 20;

  private static final int DIGEST_DIGITS = 12;
  private static final Pattern VERSION = Pattern.compile("(\\d{1,9})-([0-9a-f]{12}-fp(?:16|32))");

  private final Path root;
  private final ModelStore store;

  /**
   * @param root folder of the model store; it is created if it does not exist
   */
  public ModelImporter(Path root) {
    this.root = Objects.requireNonNull(root, "root");
    this.store = new ModelStore(root);
  }

  /**
   * Imports a model, or returns the one that is already in the store.
   *
   * @throws CheckpointException when the checkpoint cannot be used or the model cannot be written
   * @throws IllegalArgumentException when no model has that name
   */
  public ImportedModel importModel(ImportRequest request, ImportProgress progress) {
    return importModel(request, progress, draft -> {});
  }

  /**
   * Imports a model if it passes a check, or returns the one that is already in the store.
   *
   * @param check receives the whole model before it is in the store; what it throws ends the import
   * @throws CheckpointException when the checkpoint cannot be used or the model cannot be written
   * @throws IllegalArgumentException when no model has that name
   */
  public ImportedModel importModel(
      ImportRequest request, ImportProgress progress, Consumer<InstalledModel> check) {
    PublishedNetwork network = Networks.of(request.detector());
    Map<Boolean, List<Path>> files =
        request.checkpoints().stream().collect(Collectors.partitioningBy(network::isCompanion));
    List<Checkpoint> open = new ArrayList<>();
    try {
      StateDict weights = new StateDict(tensors(network, files.get(false), open));
      NetworkVariant variant = network.variant(weights);
      OnnxType type = request.precision().type();
      Map<String, OnnxGraph> graphs = new LinkedHashMap<>();
      graphs.put(ModelWriter.MODEL_FILE, variant.graph(weights, type));
      graphs.putAll(variant.further(weights, type));
      weights.requireComplete();
      return write(
          network, variant, request, graphs, variant.companions(files.get(true)), progress, check);
    } catch (IOException e) {
      throw new CheckpointException(Kind.NOT_WRITTEN, "the model cannot be written", e);
    } finally {
      open.forEach(Checkpoint::close);
    }
  }

  private static Map<String, Tensor> tensors(
      PublishedNetwork network, List<Path> files, List<Checkpoint> open) {
    Optional<Function<StateDict, String>> filePrefix = network.filePrefix();
    if (filePrefix.isEmpty()) {
      open.add(Checkpoint.open(files));
      return open.getFirst().tensors();
    }
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Path path : files) {
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
      Map<String, OnnxGraph> graphs,
      Map<String, byte[]> companions,
      ImportProgress progress,
      Consumer<InstalledModel> check)
      throws IOException {
    long bytes = graphs.values().stream().mapToLong(ModelWriter::dataBytes).sum();
    Files.createDirectories(root);
    if (Files.getFileStore(root).getUsableSpace() < bytes + MARGIN_BYTES) {
      throw new CheckpointException(
          Kind.NOT_WRITTEN, "the model needs " + (bytes >> 20) + " MiB, more than is free");
    }
    try (ModelStore.Draft draft = store.draft()) {
      Map<String, String> files = new TreeMap<>();
      long before = 0;
      for (Map.Entry<String, OnnxGraph> graph : graphs.entrySet()) {
        long done = before;
        files.putAll(
            ModelWriter.write(
                graph.getValue(),
                draft.folder(),
                graph.getKey(),
                written -> progress.written(done + written, bytes)));
        before += ModelWriter.dataBytes(graph.getValue());
      }
      for (Map.Entry<String, byte[]> companion : companions.entrySet()) {
        Path file = Files.write(draft.folder().resolve(companion.getKey()), companion.getValue());
        files.put(companion.getKey(), Sha256.of(file));
      }
      String version = version(root.resolve(network.name()), files, request);
      byte[] manifest = manifest(network, variant, request, version, files);
      check.accept(new InstalledModel(ModelManifest.read(manifest), draft.folder()));
      InstalledModel installed = draft.install(manifest);
      return new ImportedModel(network.name(), version, installed.folder(), bytes);
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
   * The version: the number of the import, so that the latest import is the newest version, then
   * the content's digest and precision. A model that is already in the store keeps its version.
   */
  private static String version(Path parent, Map<String, String> files, ImportRequest request)
      throws IOException {
    String content = digest(files, request) + "-" + request.precision().code();
    if (!Files.isDirectory(parent)) {
      return 1 + "-" + content;
    }
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
    String content = files + "\n" + request.licence() + "\n" + request.trainedOn();
    return Sha256.of(content).substring(0, DIGEST_DIGITS);
  }
}
