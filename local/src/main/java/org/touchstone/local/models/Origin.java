package org.touchstone.local.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.touchstone.domain.Json;
import org.touchstone.domain.files.Folders;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.catalogue.CatalogueEntry;

/**
 * Where an installed model came from, in the file {@code .origin.json} beside it. A name with a dot
 * cannot be that of a model's own file.
 *
 * @param entry name of the catalogue's entry
 * @param revision that the entry was pinned to
 * @param files SHA-256 of the files that were received, by name
 */
public record Origin(String entry, Optional<String> revision, SortedMap<String, String> files) {
  private static final String FILE = ".origin.json";
  private static final int MAX_BYTES = 1 << 16;

  public Origin {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(revision, "revision");
    files = new TreeMap<>(files);
  }

  /** Whether an entry still describes the files that this model was made from. */
  public boolean isOf(CatalogueEntry other) {
    return revision.equals(other.revision())
        && files.entrySet().containsAll(other.checksums().entrySet());
  }

  void write(Path folder) throws IOException {
    ObjectNode json = Json.mapper().createObjectNode().put("entry", entry);
    revision.ifPresent(text -> json.put("revision", text));
    json.set("files", Json.mapper().valueToTree(files));
    json.put("installedAt", Instant.now().toString());
    Folders.replace(folder.resolve(FILE), Json.bytes(json));
  }

  /** The origin of a model; empty when it was imported by hand or by an earlier version. */
  public static Optional<Origin> read(InstalledModel model) {
    Path file = model.folder().resolve(FILE);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
      SortedMap<String, String> files = new TreeMap<>();
      json.path("files")
          .properties()
          .forEach(field -> files.put(field.getKey(), field.getValue().asText()));
      return json.path("entry").isTextual()
          ? Optional.of(
              new Origin(
                  json.path("entry").asText(),
                  Optional.ofNullable(json.path("revision").textValue()),
                  files))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not one that was written whole
    }
  }
}
