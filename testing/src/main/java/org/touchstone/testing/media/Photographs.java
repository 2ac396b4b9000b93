package org.touchstone.testing.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Photographs in the public domain; README.md beside them says where they are from. */
public final class Photographs {
  private Photographs() {}

  /** A portrait: one face, 512 by 512 pixels, JPEG. */
  public static Path astronaut(Path folder) {
    return copy("astronaut.jpg", folder);
  }

  /** A picture without a face, JPEG. */
  public static Path rocket(Path folder) {
    return copy("rocket.jpg", folder);
  }

  private static Path copy(String name, Path folder) {
    Path target = folder.resolve(name);
    try (InputStream in = Photographs.class.getResourceAsStream("photographs/" + name)) {
      if (Files.notExists(target)) {
        Files.copy(in, target);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
