package org.touchstone.models.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A published checkpoint.
 *
 * @param name the name it is installed by
 * @param detector the detector it becomes
 * @param licence of the weights
 * @param restriction what the licence forbids or leaves open; empty when it restricts no use
 * @param homepage the address where its authors describe it
 * @param trainedOn names of the data it was trained on
 * @param note further remarks; the reason if there are no files
 * @param files the files to download; empty when the weights are not public
 */
public record CatalogueEntry(
    String name,
    String detector,
    String licence,
    Optional<String> restriction,
    String homepage,
    List<String> trainedOn,
    Optional<String> note,
    List<CatalogueFile> files) {
  public CatalogueEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(restriction, "restriction");
    Objects.requireNonNull(homepage, "homepage");
    Objects.requireNonNull(note, "note");
    trainedOn = List.copyOf(trainedOn);
    files = List.copyOf(files);
  }

  /** The most bytes its files can have together. */
  public long maxBytes() {
    return files.stream().mapToLong(CatalogueFile::maxBytes).sum();
  }
}
