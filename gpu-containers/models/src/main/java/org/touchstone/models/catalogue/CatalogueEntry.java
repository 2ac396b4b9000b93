package org.touchstone.models.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A published model.
 *
 * @param name the name it is installed by
 * @param product what its files become
 * @param revision of the place that its files are pinned to; empty when they are not pinned
 * @param licences of its code, weights and data
 * @param restriction what the licence forbids or leaves open; empty when it restricts no use
 * @param disputed why somebody may not want to rely on its licence or origin
 * @param homepage the address where its authors describe it
 * @param trainedOn names of the data it was trained on
 * @param note further remarks; the reason if there are no files
 * @param files the files to download; empty when the weights are not public
 * @param use what a reader needs to choose it
 * @param selfTest scores that its publisher measured; empty when only its structure can be tested
 */
public record CatalogueEntry(
    String name,
    Product product,
    Optional<String> revision,
    Licences licences,
    Optional<String> restriction,
    Optional<String> disputed,
    String homepage,
    List<String> trainedOn,
    Optional<String> note,
    List<CatalogueFile> files,
    Use use,
    Optional<SelfTest> selfTest) {
  public CatalogueEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(licences, "licences");
    Objects.requireNonNull(restriction, "restriction");
    Objects.requireNonNull(disputed, "disputed");
    Objects.requireNonNull(homepage, "homepage");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(use, "use");
    Objects.requireNonNull(selfTest, "selfTest");
    trainedOn = List.copyOf(trainedOn);
    files = List.copyOf(files);
  }

  /** What the files of an entry become. */
  public sealed interface Product {
    /** A checkpoint that is imported as one of the known detectors. */
    record Imported(String detector) implements Product {
      public Imported {
        Objects.requireNonNull(detector, "detector");
      }
    }

    /** A model that runs as it is published. */
    record Ready(ManifestTemplate manifest) implements Product {
      public Ready {
        Objects.requireNonNull(manifest, "manifest");
      }
    }
  }

  /**
   * What a reader needs to choose a model.
   *
   * @param looksAt what it looks at, in a few words; empty when the catalogue does not say
   * @param memory about how many bytes of memory it takes when it runs
   * @param measured how well it did elsewhere
   * @param abstains when it says nothing
   * @param recommended whether it is part of the set that is installed when nothing is named
   */
  public record Use(
      Optional<String> looksAt,
      OptionalLong memory,
      List<Measured> measured,
      Optional<String> abstains,
      boolean recommended) {
    public Use {
      Objects.requireNonNull(looksAt, "looksAt");
      Objects.requireNonNull(memory, "memory");
      Objects.requireNonNull(abstains, "abstains");
      measured = List.copyOf(measured);
    }
  }

  /** The most bytes its files can have together. */
  public long maxBytes() {
    return files.stream().mapToLong(CatalogueFile::maxBytes).sum();
  }

  /** Whether the size and the SHA-256 of every file are known. */
  public boolean isPinned() {
    return revision.isPresent()
        && !files.isEmpty()
        && files.stream().allMatch(file -> file.exact() && file.sha256().isPresent());
  }

  /** The SHA-256 of each file, by name, where they are known. */
  public Map<String, String> checksums() {
    Map<String, String> known = new LinkedHashMap<>();
    files.forEach(file -> file.sha256().ifPresent(sha256 -> known.put(file.name(), sha256)));
    return known;
  }

  /**
   * The text on licences that a person sees before the installation: one line for each thing that
   * is known. An acceptance holds for this text only.
   */
  public String licenceText() {
    List<String> lines = new ArrayList<>();
    lines.add("Weights: " + licences.weights());
    licences.code().ifPresent(text -> lines.add("Code: " + text));
    licences.data().ifPresent(text -> lines.add("Data: " + text));
    licences.conflict().ifPresent(text -> lines.add("Conflict: " + text));
    disputed.ifPresent(text -> lines.add("Disputed: " + text));
    restriction.ifPresent(text -> lines.add("Restriction: " + text));
    lines.add("See " + homepage);
    return String.join("\n", lines);
  }
}
