package org.touchstone.checkpoints.networks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.domain.Json;

/**
 * A published network: how its checkpoints are read, and where they can be downloaded. Each network
 * has its own package, which also holds its {@code catalogue.json}.
 */
public interface PublishedNetwork {
  /** The name of the detector or face detector that the network becomes. */
  String name();

  /**
   * The network as the checkpoint holds it. Where the tensors do not show a size, the published one
   * is used.
   */
  NetworkVariant variant(StateDict weights);

  /**
   * A function from one file's tensors to the prefix of their names, for networks whose files use
   * the same names. It is empty where no two files of a checkpoint have a name in common.
   */
  default Optional<Function<StateDict, String>> filePrefix() {
    return Optional.empty();
  }

  /**
   * Whether a file of the checkpoint holds no tensors but belongs to the model all the same, as a
   * vocabulary does.
   */
  default boolean isCompanion(Path file) {
    return false;
  }

  /**
   * The list of the published checkpoints, as JSON in the format that {@code models install
   * --catalogue} reads.
   */
  default URL catalogue() {
    URL catalogue = getClass().getResource("catalogue.json");
    if (catalogue == null) {
      throw new IllegalStateException(name() + " has no catalogue.json in its package");
    }
    return catalogue;
  }

  /** Licence of the published weights: the licence of the catalogue's first entry. */
  default String licence() {
    try (InputStream in = catalogue().openStream()) {
      JsonNode first = Json.mapper().readTree(in).at("/models/0");
      return first.path("licences").path("weights").asText(first.path("licence").asText());
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue of " + name() + " is not JSON", e);
    }
  }
}
