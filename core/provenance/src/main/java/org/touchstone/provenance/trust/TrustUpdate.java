package org.touchstone.provenance.trust;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.touchstone.c2pa.credential.Trust;

/**
 * New versions of the lists that C2PA publishes, checked against those in force: each must be a
 * list, not empty, and not older than the one it replaces.
 *
 * @param changes what is different, by the names of the files
 * @param files the files that differ
 */
public record TrustUpdate(Map<String, Change> changes, Map<String, byte[]> files) {
  /** The files that are published. */
  public static final List<String> PUBLISHED =
      List.of(TrustFiles.OFFICIAL, TrustFiles.TIME, TrustFiles.PRODUCTS);

  private static final int SHORT_HASH = 12;

  public TrustUpdate {
    changes = Map.copyOf(changes);
    files = Map.copyOf(files);
  }

  /**
   * What is different in a list.
   *
   * @param added names of entries that are new
   * @param removed names of entries that are gone
   */
  public record Change(List<String> added, List<String> removed) {
    public Change {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /**
   * Compares published files with those in force.
   *
   * @param inForce the files in force; the bundled ones where it has none
   * @param published by name; files that are not there stay as they are
   * @throws IOException when a published file is not a list, is empty, or is older than the one in
   *     force
   */
  public static TrustUpdate of(TrustFiles inForce, Map<String, byte[]> published)
      throws IOException {
    Map<String, Change> changes = new TreeMap<>();
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : PUBLISHED) {
      byte[] next = published.get(name);
      if (next == null) {
        continue;
      }
      byte[] before = TrustLists.given(inForce, name);
      Map<String, String> old = entries(name, before);
      Map<String, String> now = entries(name, next);
      if (!name.equals(TrustFiles.PRODUCTS)
          && OfficialList.read(next).issued().isBefore(OfficialList.read(before).issued())) {
        throw new IOException(name + " is older than the one in force");
      }
      if (!Arrays.equals(before, next)) {
        changes.put(name, new Change(missing(now, old), missing(old, now)));
        files.put(name, next);
      }
    }
    // All of them together must be lists that can be used.
    TrustLists.of(
        name ->
            published.containsKey(name) ? Optional.of(published.get(name)) : inForce.read(name));
    return new TrustUpdate(changes, files);
  }

  private static Map<String, String> entries(String name, byte[] file) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try {
      if (name.equals(TrustFiles.PRODUCTS)) {
        ConformingProducts.read(file)
            .products()
            .forEach((id, product) -> entries.put(id, product.name() + " (" + id + ")"));
      } else {
        for (X509Certificate certificate : OfficialList.read(file).certificates()) {
          String hash = Trust.fingerprint(certificate);
          entries.put(
              hash,
              certificate.getSubjectX500Principal().getName()
                  + " ("
                  + hash.substring(0, SHORT_HASH)
                  + "…)");
        }
      }
    } catch (IOException e) {
      throw new IOException(name + " was not taken: " + e.getMessage(), e);
    }
    return entries;
  }

  private static List<String> missing(Map<String, String> all, Map<String, String> elsewhere) {
    List<String> names = new ArrayList<>();
    all.forEach(
        (key, name) -> {
          if (!elsewhere.containsKey(key)) {
            names.add(name);
          }
        });
    return names;
  }
}
