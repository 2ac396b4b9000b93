package org.touchstone.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/** Files of those who vouch for content credentials, by their names. */
public final class TrustStore {
  private static final String PREFIX = "trust/";
  private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  private final ObjectStore objects;

  public TrustStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * A file; empty when there is none.
   *
   * @throws IllegalStateException when it is longer than that
   */
  public Optional<byte[]> file(String name, int maxBytes) {
    Optional<byte[]> body = objects.read(key(name)).map(StoredObject::body);
    if (body.isPresent() && body.get().length > maxBytes) {
      throw new IllegalStateException(name + " is longer than it can be");
    }
    return body;
  }

  /** Stores a file in place of an earlier one. */
  public void save(String name, byte[] content) {
    objects.put(key(name), content, "application/octet-stream");
  }

  private static String key(String name) {
    return PREFIX + Keys.checked(name, FILE, "name of a trust file");
  }
}
