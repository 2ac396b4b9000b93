package org.touchstone.models.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.models.ModelManifest;

/**
 * Reads catalogues strictly: a restriction that is misspelt must not be lost.
 *
 * @param detectors the detectors that checkpoints can become
 */
public record CatalogueReader(List<String> detectors) {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_TEXT = 500;
  private static final long MAX_FILE_BYTES = 64L << 30;
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public CatalogueReader {
    detectors = List.copyOf(detectors);
  }

  /**
   * Joins the catalogues of several sources, such as resources.
   *
   * @throws CatalogueException saying what is wrong with one of them
   * @throws UncheckedIOException when one cannot be read
   */
  public Catalogue read(List<URL> sources) {
    List<CatalogueEntry> entries = new ArrayList<>();
    for (URL source : sources) {
      try (InputStream in = source.openStream()) {
        entries.addAll(entries(in));
      } catch (IOException e) {
        throw new UncheckedIOException("a catalogue cannot be read", e);
      }
    }
    return new Catalogue(entries);
  }

  /**
   * Reads a catalogue from a file.
   *
   * @throws CatalogueException when it cannot be read, or saying what is wrong with it
   */
  public Catalogue read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new Catalogue(entries(in));
    } catch (IOException e) {
      throw new CatalogueException("the catalogue cannot be read, or is not JSON");
    }
  }

  private List<CatalogueEntry> entries(InputStream in) throws IOException {
    byte[] json = in.readNBytes(MAX_BYTES + 1);
    if (json.length > MAX_BYTES) {
      throw new CatalogueException("the catalogue is too large");
    }
    List<CatalogueEntry> entries = new ArrayList<>();
    array(Json.mapper().readTree(json), "models").forEach(node -> entries.add(entry(node)));
    return entries;
  }

  private CatalogueEntry entry(JsonNode node) {
    allow(
        node,
        Set.of(
            "name",
            "detector",
            "licence",
            "restriction",
            "homepage",
            "trainedOn",
            "note",
            "files"));
    String detector = required(node, "detector");
    if (!detectors.contains(detector)) {
      throw new CatalogueException(
          "the catalogue's field detector must be one of " + String.join(", ", detectors));
    }
    String licence = required(node, "licence");
    if (licence.length() > ModelManifest.MAX_TEXT) {
      throw new CatalogueException(
          "the catalogue's field licence has more than %d characters"
              .formatted(ModelManifest.MAX_TEXT));
    }
    List<String> trainedOn = new ArrayList<>();
    array(node, "trainedOn").forEach(name -> trainedOn.add(text(name, "trainedOn")));
    List<CatalogueFile> files = new ArrayList<>();
    array(node, "files").forEach(file -> files.add(file(file)));
    if (files.stream().map(CatalogueFile::name).distinct().count() < files.size()) {
      throw new CatalogueException("two files of an entry in the catalogue have the same name");
    }
    return new CatalogueEntry(
        matching(node, "name", NAME),
        detector,
        licence,
        optional(node, "restriction"),
        required(node, "homepage"),
        trainedOn,
        optional(node, "note"),
        files);
  }

  private static CatalogueFile file(JsonNode node) {
    allow(node, Set.of("name", "url", "sha256", "maxBytes"));
    long maxBytes = node.path("maxBytes").asLong();
    if (maxBytes < 1 || maxBytes > MAX_FILE_BYTES) {
      throw new CatalogueException("the catalogue's field maxBytes is out of bounds");
    }
    WebLink link;
    try {
      link = WebLink.parse(required(node, "url"));
    } catch (ProblemException e) {
      throw new CatalogueException("the catalogue's field url is not a web address");
    }
    Optional<String> sha256 =
        node.has("sha256") ? Optional.of(matching(node, "sha256", SHA256)) : Optional.empty();
    return new CatalogueFile(matching(node, "name", FILE), link, sha256, maxBytes);
  }

  private static void allow(JsonNode node, Set<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (!known.contains(names.next())) {
        throw new CatalogueException("the catalogue has a field other than " + known);
      }
    }
  }

  private static JsonNode array(JsonNode node, String field) {
    JsonNode values = node.path(field);
    if (!values.isMissingNode() && !values.isArray()) {
      throw new CatalogueException("the catalogue's field " + field + " is not a list");
    }
    return values;
  }

  private static String required(JsonNode node, String field) {
    return optional(node, field)
        .orElseThrow(
            () -> new CatalogueException("the catalogue lacks a field " + field + " of text"));
  }

  /** A field that is present but not text is an error: a restriction must not be lost. */
  private static Optional<String> optional(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() ? Optional.empty() : Optional.of(text(value, field));
  }

  private static String text(JsonNode value, String field) {
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw new CatalogueException(
          "the catalogue's field %s must be text of at most %d characters"
              .formatted(field, MAX_TEXT));
    }
    return text;
  }

  private static String matching(JsonNode node, String field, Pattern pattern) {
    String text = required(node, field);
    if (!pattern.matcher(text).matches()) {
      throw new CatalogueException("the catalogue's field " + field + " must match " + pattern);
    }
    return text;
  }
}
