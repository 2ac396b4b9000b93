package org.touchstone.resolver.platforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.touchstone.domain.Json;

/**
 * Links and what each is: {@code urls.json} beside each platform's tests, and one beside the tests
 * of wrappers. A platform's file also holds links that look like its own and are another's.
 */
public final class UrlCases {
  private UrlCases() {}

  /**
   * @param url what a user pastes
   * @param platform whose it is once unwrapped; {@code web} when nobody's; absent when it is no
   *     link
   * @param follow whether it only leads to the post
   * @param problem why there is nothing to extract; excludes what follows
   */
  public record UrlCase(
      String url,
      String platform,
      String kind,
      Map<String, String> ids,
      String canonical,
      boolean follow,
      String problem) {
    @Override
    public String toString() {
      return url;
    }
  }

  /** Every case there is. */
  public static List<UrlCase> all() {
    return Stream.of(
            Platforms.ALL.stream().map(platform -> folder(platform.links().platform())),
            Stream.of(folder("web"), "link"))
        .flatMap(folders -> folders)
        .flatMap(folder -> read(folder).stream())
        .toList();
  }

  /** The cases of one platform. */
  public static List<UrlCase> of(String platform) {
    return read(folder(platform));
  }

  /** A platform's package is named after it. */
  private static String folder(String platform) {
    return "platform/" + platform;
  }

  private static List<UrlCase> read(String folder) {
    String name = "/org/touchstone/resolver/" + folder + "/urls.json";
    try (InputStream in = UrlCases.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no file of cases at " + name);
      }
      return List.of(Json.mapper().readValue(in, UrlCase[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
