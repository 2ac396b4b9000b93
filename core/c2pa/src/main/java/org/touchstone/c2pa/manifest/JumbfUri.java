package org.touchstone.c2pa.manifest;

import java.util.Optional;

/**
 * A URI of a box in a manifest store ({@code self#jumbf=…}).
 *
 * @param manifest label of the manifest; null when the URI is relative to the manifest it stands in
 * @param path labels of boxes within the manifest, separated by slashes; empty for the manifest
 */
record JumbfUri(String manifest, String path) {
  private static final String PREFIX = "self#jumbf=";
  private static final String STORE = "c2pa/";
  private static final int MAX = 2_000;

  /** The URI in a text; empty when it is another one. */
  static Optional<JumbfUri> of(String text) {
    if (text == null || !text.startsWith(PREFIX) || text.length() > MAX) {
      return Optional.empty();
    }
    String rest = text.substring(PREFIX.length());
    String bare = rest.startsWith("/") ? rest.substring(1) : rest;
    if (!bare.startsWith(STORE)) {
      return Optional.of(new JumbfUri(null, bare));
    }
    String inStore = bare.substring(STORE.length());
    int slash = inStore.indexOf('/');
    return Optional.of(
        slash < 0
            ? new JumbfUri(inStore, "")
            : new JumbfUri(inStore.substring(0, slash), inStore.substring(slash + 1)));
  }

  /** The last label on the way. */
  String last() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The absolute form of a URI within a manifest. */
  static String absolute(String manifest, String path) {
    return PREFIX + "/" + STORE + manifest + (path.isEmpty() ? "" : "/" + path);
  }

  /** The absolute form of this URI as it stands in a manifest. */
  String absoluteIn(String within) {
    return absolute(manifest == null ? within : manifest, path);
  }
}
