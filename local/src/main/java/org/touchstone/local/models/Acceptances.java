package org.touchstone.local.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.files.Folders;
import org.touchstone.domain.files.Sha256;
import org.touchstone.models.catalogue.CatalogueEntry;

/**
 * The licences that were accepted for a store, in its file {@code .accepted-licences.json}: entry,
 * revision, date, and the SHA-256 of the text that was shown. Nothing in it is ever removed. An
 * acceptance holds for that text only.
 */
public final class Acceptances {
  private static final String FILE = ".accepted-licences.json";
  private static final int MAX_BYTES = 4 << 20;

  private final Path file;

  /**
   * @param models the model store
   */
  public Acceptances(Path models) {
    this.file = models.resolve(FILE);
  }

  /** Whether the entry's text, as it is now, was accepted. */
  public boolean holdFor(CatalogueEntry entry) {
    String hash = Sha256.of(entry.licenceText());
    for (JsonNode accepted : read().orElseGet(Json.mapper()::createArrayNode)) {
      if (accepted.path("entry").asText().equals(entry.name())
          && accepted.path("licenceSha256").asText().equals(hash)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Records an acceptance; the caller has seen to it that nobody else writes.
   *
   * @throws IOException when the store cannot be written
   */
  public void add(CatalogueEntry entry) throws IOException {
    if (holdFor(entry)) {
      return;
    }
    Optional<ArrayNode> known = read();
    if (known.isEmpty() && Files.exists(file)) {
      // What it proves may still be of use to a person.
      Files.move(file, file.resolveSibling(FILE + ".damaged-" + System.currentTimeMillis()));
    }
    ArrayNode all = known.orElseGet(Json.mapper()::createArrayNode);
    all.addObject()
        .put("entry", entry.name())
        .put("revision", entry.revision().orElse(null))
        .put("acceptedAt", Instant.now().toString())
        .put("licenceSha256", Sha256.of(entry.licenceText()))
        .put("licence", entry.licenceText());
    Files.createDirectories(file.getParent());
    Folders.replace(file, Json.bytes(all));
  }

  /** Empty when there is no such file or it is not what this class writes. */
  private Optional<ArrayNode> read() {
    try {
      if (Files.isRegularFile(file)
          && Files.size(file) <= MAX_BYTES
          && Json.mapper().readTree(Files.readAllBytes(file)) instanceof ArrayNode all) {
        return Optional.of(all);
      }
    } catch (IOException e) {
      return Optional.empty(); // unreadable: ask again
    }
    return Optional.empty();
  }
}
