package org.touchstone.judge.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Json;

/** The bundled versions of the prompt. */
public final class Prompts {
  /** The version in use where no other is asked for. */
  public static final String CURRENT = "transcript-1";

  /** All versions; {@code -short} ones have no examples, for models with a small context. */
  public static final List<String> VERSIONS = List.of(CURRENT, "transcript-1-short");

  private static final int MAX_BYTES = 256 * 1024;

  private Prompts() {}

  /** A bundled version; empty when there is none of that name. */
  public static Optional<Prompt> bundled(String version) {
    if (!VERSIONS.contains(version)) {
      return Optional.empty();
    }
    try (InputStream in = Prompts.class.getResourceAsStream(version + ".json")) {
      return Optional.of(read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a version from its data file.
   *
   * @throws IllegalArgumentException when it is not one; the message names the field
   * @throws IOException when it cannot be read
   */
  public static Prompt read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
    }
    try {
      return Json.read(bytes, Prompt.class);
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException("it is not a prompt: " + firstLine(e), e);
    }
  }

  private static String firstLine(UncheckedIOException e) {
    return e.getCause().getMessage().lines().findFirst().orElse("");
  }
}
