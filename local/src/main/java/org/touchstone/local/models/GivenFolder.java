package org.touchstone.local.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.touchstone.domain.files.Sha256;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueFile;

/**
 * A folder with files that somebody downloaded elsewhere, for machines without a way out: {@code
 * DIR/ENTRY/FILE} or {@code DIR/FILE}.
 *
 * @param folder the folder
 */
public record GivenFolder(Path folder) implements FileSource {
  public GivenFolder {
    Objects.requireNonNull(folder, "folder");
  }

  @Override
  public Path get(CatalogueEntry entry, CatalogueFile file, Path into, DownloadProgress progress) {
    Optional<Path> found =
        Stream.of(folder.resolve(entry.name()).resolve(file.name()), folder.resolve(file.name()))
            .filter(Files::isRegularFile)
            .findFirst();
    if (found.isEmpty()) {
      throw new DownloadException(
          Kind.UNAVAILABLE,
          "the folder has neither %s/%s nor %s; it is published at %s"
              .formatted(entry.name(), file.name(), file.name(), file.link()));
    }
    try {
      check(file, found.get());
    } catch (IOException e) {
      throw new DownloadException(Kind.UNAVAILABLE, file.name() + " cannot be read", e);
    }
    return found.get();
  }

  private static void check(CatalogueFile file, Path path) throws IOException {
    long bytes = Files.size(path);
    if (bytes > file.maxBytes()) {
      throw new DownloadException(
          Kind.TOO_LARGE,
          "%s has %d bytes, the catalogue allows %d"
              .formatted(file.name(), bytes, file.maxBytes()));
    }
    if (file.exact() && bytes != file.maxBytes()) {
      throw Downloader.otherSize(file, bytes);
    }
    String actual = file.sha256().isPresent() ? Sha256.of(path) : "";
    if (file.sha256().isPresent() && !actual.equals(file.sha256().get())) {
      throw Downloader.otherChecksum(file, actual);
    }
  }
}
