package org.touchstone.local.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.domain.files.Sha256;
import org.touchstone.models.catalogue.ManifestTemplate;

/**
 * Versions of models that are installed as they are published: the number of the installation, so
 * that the latest is the newest version, then the start of the revision, then a digest of the files
 * and the manifest, so that another manifest is another version.
 */
final class ReadyVersions {
  /** Any version with a number in front, also one that somebody named by hand. */
  private static final Pattern VERSION = Pattern.compile("(\\d{1,18})(?:\\D.*)?");

  private static final int REVISION_LENGTH = 12;
  private static final int DIGEST_LENGTH = 8;

  private ReadyVersions() {}

  /** The version of an installation of these files with this manifest. */
  static String next(
      Path parent, Optional<String> revision, Map<String, String> files, ManifestTemplate manifest)
      throws IOException {
    String content = content(revision, files, manifest);
    long last = 0;
    if (Files.isDirectory(parent)) {
      try (Stream<Path> folders = Files.list(parent)) {
        for (Path folder : folders.toList()) {
          Matcher known = VERSION.matcher(folder.getFileName().toString());
          if (known.matches()) {
            last = Math.max(last, Long.parseLong(known.group(1)));
          }
        }
      }
    }
    return (last + 1) + "-" + content;
  }

  /** What a version ends with. */
  static String content(
      Optional<String> revision, Map<String, String> files, ManifestTemplate manifest) {
    String digest =
        Sha256.of(new TreeMap<>(files) + "\n" + manifest.json()).substring(0, DIGEST_LENGTH);
    return revision
        .map(text -> text.substring(0, Math.min(text.length(), REVISION_LENGTH)) + "-" + digest)
        .orElse(digest);
  }
}
