package org.touchstone.models.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.catalogue.CatalogueEntry.Product;
import org.touchstone.models.catalogue.CatalogueEntry.Use;

/**
 * Reads one entry of a catalogue.
 *
 * @param detectors the detectors that checkpoints can become
 */
record EntryReader(List<String> detectors) {
  private static final long MAX_FILE_BYTES = 64L << 30;
  private static final long MAX_MEMORY = 1L << 42;
  private static final int MAX_SIDE = 4096;
  private static final int MAX_SEED = 1 << 20;
  private static final double MAX_RAW = 1e6;
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
  private static final Pattern REVISION =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]|[.](?![.])){0,63}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "detector",
          "manifest",
          "revision",
          "licence",
          "licences",
          "restriction",
          "disputed",
          "homepage",
          "trainedOn",
          "note",
          "files",
          "looksAt",
          "memory",
          "measured",
          "abstains",
          "recommended",
          "selfTest");

  CatalogueEntry entry(JsonNode node) {
    CatalogueFields fields = new CatalogueFields(node).allow(FIELDS);
    Product imported = fields.has("manifest") ? null : new Product.Imported(detector(fields));
    Licences licences = licences(fields);
    List<CatalogueFile> files = fields.list("files", EntryReader::file);
    if (files.stream().map(CatalogueFile::name).distinct().count() < files.size()) {
      throw new CatalogueException("two files of an entry in the catalogue have the same name");
    }
    CatalogueEntry entry =
        new CatalogueEntry(
            fields.matching("name", NAME),
            imported == null ? ready(fields, files) : imported,
            fields.optionallyMatching("revision", REVISION),
            licences,
            fields.optional("restriction"),
            fields.optional("disputed"),
            fields.required("homepage"),
            fields.texts("trainedOn"),
            fields.optional("note"),
            files,
            use(fields),
            selfTest(fields));
    if (entry.use().recommended() && (!entry.isPinned() || entry.restriction().isPresent())) {
      throw new CatalogueException(
          entry.name()
              + " cannot be recommended: it needs a revision, the size and sha256 of every file,"
              + " and no restriction");
    }
    return entry;
  }

  private String detector(CatalogueFields fields) {
    String detector = fields.required("detector");
    if (!detectors.contains(detector)) {
      throw new CatalogueException(
          "the catalogue's field detector must be one of " + String.join(", ", detectors));
    }
    return detector;
  }

  private static Product ready(CatalogueFields fields, List<CatalogueFile> files) {
    if (fields.has("detector") || !(fields.node().path("manifest") instanceof ObjectNode json)) {
      throw new CatalogueException(
          "an entry of the catalogue must have a detector, or else a manifest that is an object");
    }
    try {
      return new Product.Ready(
          new ManifestTemplate(json, files.stream().map(CatalogueFile::name).toList()));
    } catch (ModelException e) {
      throw new CatalogueException("the catalogue's field manifest: " + e.getMessage());
    }
  }

  private static Licences licences(CatalogueFields fields) {
    if (fields.has("licences") && fields.has("licence")) {
      throw new CatalogueException("the catalogue has licence and licences in one entry");
    }
    if (!fields.has("licences")) {
      return Licences.ofWeights(licence(fields, "licence"));
    }
    CatalogueFields all =
        fields.object("licences").allow(Set.of("code", "weights", "data", "conflict"));
    return new Licences(
        all.optional("code"),
        licence(all, "weights"),
        all.optional("data"),
        all.optional("conflict"));
  }

  /** A licence that goes into the model's manifest, whose texts are shorter. */
  private static String licence(CatalogueFields fields, String field) {
    String licence = fields.required(field);
    if (licence.length() > ModelManifest.MAX_TEXT) {
      throw new CatalogueException(
          "the catalogue's field %s has more than %d characters"
              .formatted(field, ModelManifest.MAX_TEXT));
    }
    return licence;
  }

  private static CatalogueFile file(JsonNode node) {
    CatalogueFields fields =
        new CatalogueFields(node).allow(Set.of("name", "url", "sha256", "bytes", "maxBytes"));
    boolean exact = fields.has("bytes");
    if (exact && fields.has("maxBytes")) {
      throw new CatalogueException("the catalogue has bytes and maxBytes for one file");
    }
    long bytes = fields.whole(exact ? "bytes" : "maxBytes", 1, MAX_FILE_BYTES);
    WebLink link;
    try {
      link = WebLink.parse(fields.required("url"));
    } catch (ProblemException e) {
      throw new CatalogueException("the catalogue's field url is not a web address");
    }
    return new CatalogueFile(
        fields.matching("name", FILE),
        link,
        fields.optionallyMatching("sha256", SHA256),
        bytes,
        exact);
  }

  private static Use use(CatalogueFields fields) {
    return new Use(
        fields.optional("looksAt"),
        fields.optionallyWhole("memory", 1, MAX_MEMORY),
        fields.list(
            "measured",
            node -> {
              CatalogueFields one = new CatalogueFields(node).allow(Set.of("figure", "source"));
              return new Measured(one.required("figure"), one.required("source"));
            }),
        fields.optional("abstains"),
        fields.flag("recommended"));
  }

  private static Optional<SelfTest> selfTest(CatalogueFields fields) {
    if (!fields.has("selfTest")) {
      return Optional.empty();
    }
    CatalogueFields test =
        fields
            .object("selfTest")
            .allow(Set.of("pictures", "tolerance", "deviceTolerance", "source"));
    try {
      return Optional.of(
          new SelfTest(
              test.list("pictures", EntryReader::picture),
              test.number("tolerance", 0, MAX_RAW),
              test.number("deviceTolerance", 0, MAX_RAW),
              test.required("source")));
    } catch (IllegalArgumentException e) {
      throw new CatalogueException("the catalogue's field selfTest: " + e.getMessage());
    }
  }

  private static SelfTest.Picture picture(JsonNode node) {
    CatalogueFields fields =
        new CatalogueFields(node).allow(Set.of("width", "height", "seed", "raw"));
    return new SelfTest.Picture(
        (int) fields.whole("width", 1, MAX_SIDE),
        (int) fields.whole("height", 1, MAX_SIDE),
        (int) fields.whole("seed", 0, MAX_SEED),
        fields.number("raw", -MAX_RAW, MAX_RAW));
  }
}
