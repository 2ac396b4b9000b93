package org.touchstone.intake.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.files.Sha256;

/**
 * The style sheet, the script and the icon of the pages. A hash of the content is part of each
 * name, so that browsers may keep the file for good.
 */
public final class Assets {
  private static final int HASH_CHARS = 12;
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final Map<String, Asset> BY_NAME = new LinkedHashMap<>();
  private static final Names NAMES = new Names(load("page.css"), load("page.js"), load("icon.svg"));

  private Assets() {}

  /**
   * The files' names.
   *
   * @param css the style sheet
   * @param js the script
   * @param icon the icon
   */
  public record Names(String css, String js, String icon) {}

  /** A file and its media type. */
  record Asset(byte[] bytes, String type) {}

  static Names names() {
    return NAMES;
  }

  static Optional<Asset> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static String load(String file) {
    try (InputStream in = Assets.class.getResourceAsStream("/page/assets/" + file)) {
      byte[] bytes = in.readAllBytes();
      int dot = file.lastIndexOf('.');
      String ending = file.substring(dot + 1);
      String name =
          file.substring(0, dot)
              + "-"
              + HexFormat.of().formatHex(Sha256.digest().digest(bytes)).substring(0, HASH_CHARS)
              + "."
              + ending;
      BY_NAME.put(name, new Asset(bytes, TYPES.get(ending)));
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
