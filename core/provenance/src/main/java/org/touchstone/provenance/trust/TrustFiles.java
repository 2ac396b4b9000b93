package org.touchstone.provenance.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files that replace or add to the bundled lists. All are optional: {@value #OFFICIAL}, {@value
 * #TIME}, {@value #PRODUCTS} and {@value #GENERATORS} replace the bundled ones; {@value #OWN} holds
 * certificates that the organisation trusts, and {@value #DISTRUSTED} SHA-256 of certificates that
 * nobody can vouch for, one a line.
 */
@FunctionalInterface
public interface TrustFiles {
  /** C2PA's list of signers' authorities. */
  String OFFICIAL = "c2pa-trust-list.json";

  /** C2PA's list of time stamp authorities. */
  String TIME = "c2pa-tsa-trust-list.json";

  /** C2PA's list of conforming products. */
  String PRODUCTS = "conforming-products.json";

  /** Makers of generators. */
  String GENERATORS = "known-generators.json";

  /** The organisation's own list, in PEM. */
  String OWN = "own.pem";

  /** The organisation's list of distrusted certificates. */
  String DISTRUSTED = "distrusted.txt";

  /** Longest file. */
  int MAX_BYTES = 8 << 20;

  /** No files: only the bundled lists. */
  TrustFiles NONE = name -> Optional.empty();

  /**
   * The content of a file; empty when there is none.
   *
   * @throws IOException when it cannot be read, or is longer than {@link #MAX_BYTES}
   */
  Optional<byte[]> read(String name) throws IOException;

  /** The files of a folder, which need not exist. */
  static TrustFiles in(Path folder) {
    return name -> {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException(name + " is longer than a list can be");
        }
        return Optional.of(bytes);
      }
    };
  }
}
