package org.touchstone.mentions.templates;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.mentions.platform.Traits;

/** Makes the text of a reply. Nothing of a post is part of it. */
public final class Composer {
  /** Longest name in a reply, in characters. */
  static final int MAX_NAME = 15;

  private static final Pattern NOT_NAME = Pattern.compile("[^\\p{L}\\p{Nd}_-]");

  private final Templates templates;

  public Composer(Templates templates) {
    this.templates = templates;
  }

  /**
   * A text for one reply.
   *
   * @param text what it says
   * @param hasLink whether it has the link
   */
  public record Composed(String text, boolean hasLink) {}

  /**
   * Makes a text. If it does not fit with its link, it goes without.
   *
   * @param language a key of {@link Templates#languages}
   * @param isCorrection whether it corrects an earlier reply
   * @param handle who is answered
   * @param ref tells this reply from all others
   * @param link the result's address; empty for none
   * @return empty when the text is too long for the platform
   */
  public Optional<Composed> compose(
      String language,
      TextKey key,
      boolean isCorrection,
      String handle,
      String ref,
      Optional<URI> link,
      Traits traits) {
    String before = isCorrection ? templates.text(language, TextKey.CORRECTION) + " " : "";
    String says = before + templates.text(language, key);
    String signature =
        "\n\n"
            + templates
                .text(language, TextKey.SIGNATURE)
                .replace("{name}", name(handle, ref))
                .replace("{ref}", ref);
    Stream<Composed> linked =
        link.stream()
            .map(
                address ->
                    new Composed(
                        says
                            + "\n"
                            + templates.text(language, TextKey.LINK)
                            + " "
                            + address
                            + signature,
                        true));
    return Stream.concat(linked, Stream.of(new Composed(says + signature, false)))
        .filter(composed -> traits.fits(composed.text()))
        .findFirst();
  }

  /** A name that notifies nobody and links to nothing: no at sign, no dot, no hash sign. */
  private static String name(String handle, String ref) {
    int server = handle.indexOf('@', 1);
    String local = server < 0 ? handle : handle.substring(0, server);
    int dot = local.indexOf('.');
    String first = dot > 0 ? local.substring(0, dot) : local;
    String name = NOT_NAME.matcher(first).replaceAll("");
    int end = name.offsetByCodePoints(0, Math.min(MAX_NAME, name.codePointCount(0, name.length())));
    return name.isEmpty() ? ref : name.substring(0, end);
  }
}
