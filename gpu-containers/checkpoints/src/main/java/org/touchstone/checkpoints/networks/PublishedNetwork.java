package org.touchstone.checkpoints.networks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Optional;
import java.util.function.Function;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.domain.Json;

/**
 * A network that was published: how its checkpoints are read, and where they are. Each has a
 * package of its own, with its {@code catalogue.json} beside it.
 */
public interface PublishedNetwork {
  /** The name of the detector, or face detector, that it becomes. */
  String name();

  /** The network as the checkpoint has it; as it was published where the tensors do not tell. */
  NetworkVariant variant(StateDict weights);

  /**
   * From one file's tensors to what is put before their names, for networks whose files use the
   * same names. Where this is empty, a checkpoint's files have no name in common.
   */
  default Optional<Function<StateDict, String>> filePrefix() {
    return Optional.empty();
  }

  /**
   * Where the published checkpoints stand as JSON, of the form that {@code models install
   * --catalogue} reads.
   */
  default URL catalogue() {
    URL catalogue = getClass().getResource("catalogue.json");
    if (catalogue == null) {
      throw new IllegalStateException(name() + " has no catalogue.json in its package");
    }
    return catalogue;
  }

  /** Licence of the published weights: that of the catalogue's first entry. */
  default String licence() {
    try (InputStream in = catalogue().openStream()) {
      return Json.mapper().readTree(in).at("/models/0/licence").asText();
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue of " + name() + " is not JSON", e);
    }
  }
}
