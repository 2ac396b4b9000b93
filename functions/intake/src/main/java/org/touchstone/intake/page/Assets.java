package org.touchstone.intake.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.files.Sha256;

/**
 * The style sheet, the script and the icon of the pages. A hash of the content is part of each
 * name, so that browsers may keep the file for good.
 */
public final class Assets {
  private static final int HASH_CHARS = 12;
  private static final String PREVIEWS = "preview-";
  private static final String PREVIEW_ENDING = ".png";
  private static final Pattern PREVIEW = Pattern.compile("preview-[a-z-]{1,40}\\.[a-z]{2}\\.png");
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final Map<String, Asset> BY_NAME = new LinkedHashMap<>();
  private static final Names NAMES =
      new Names(load("page.css"), load("page.js"), load("icon.svg"), load("reference.css"));

  private Assets() {}

  /**
   * The files' names.
   *
   * @param css the style sheet
   * @param js the script
   * @param icon the icon
   * @param reference the style sheet of the API's reference
   */
  public record Names(String css, String js, String icon, String reference) {}

  /** A file and its media type. */
  record Asset(byte[] bytes, String type) {}

  static Names names() {
    return NAMES;
  }

  static Optional<Asset> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The picture that other sites show beside a link to a result of this level. */
  static String preview(String level, Texts texts) {
    return PREVIEWS + level + "." + texts.language() + PREVIEW_ENDING;
  }

  /** A picture of {@link #preview}. The build draws them; their names have no hash. */
  static Optional<Asset> findPreview(String name) {
    if (!PREVIEW.matcher(name).matches()) {
      return Optional.empty();
    }
    String file = "/page/previews/" + name.substring(PREVIEWS.length());
    try (InputStream in = Assets.class.getResourceAsStream(file)) {
      return in == null ? Optional.empty() : Optional.of(new Asset(in.readAllBytes(), "image/png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
