package org.touchstone.resolver.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/**
 * A manifest as found.
 *
 * @param link its address after redirects; the base of its references
 */
public record StreamingManifest(Format format, WebLink link, String text) {
  /** Four hours in parts of two seconds with long signed addresses need about 3 MB. */
  private static final int MAX_BYTES = 8 << 20;

  private static final int SEEN = 2048;

  private static final String HLS = "#EXTM3U";

  /** The two formats of manifests. */
  public enum Format {
    HLS,
    DASH
  }

  /** The format of a manifest that begins with these bytes; empty when it is not a manifest. */
  public static Optional<Format> sniff(byte[] head) {
    String text =
        beginning(new String(head, 0, Math.min(SEEN, head.length), StandardCharsets.UTF_8));
    if (text.startsWith(HLS)) {
      return Optional.of(Format.HLS);
    }
    boolean isXml = text.startsWith("<?xml") || text.startsWith("<!--") || text.startsWith("<MPD");
    return isXml && text.contains("<MPD") ? Optional.of(Format.DASH) : Optional.empty();
  }

  private static String beginning(String text) {
    return text.replaceFirst("^\uFEFF", "").stripLeading();
  }

  /** Whether it begins like a playlist; a master may refer to anything. */
  boolean isHls() {
    return beginning(text.substring(0, Math.min(SEEN, text.length()))).startsWith(HLS);
  }

  /**
   * Reads a manifest.
   *
   * @param in all of it; not closed
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LONG} when it is too large
   */
  public static StreamingManifest read(Format format, WebLink link, InputStream in)
      throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LONG, "This video has too many parts.");
    }
    return new StreamingManifest(format, link, new String(bytes, StandardCharsets.UTF_8));
  }
}
