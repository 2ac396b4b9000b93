package org.touchstone.resolver.platforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.touchstone.domain.Json;

/**
 * Example links with the expected result: {@code urls.json} beside each platform's tests, and one
 * beside the tests of wrappers. A platform's file also holds links that look like its own but
 * belong to another platform.
 */
public final class UrlCases {
  private UrlCases() {}

  /**
   * @param url the link as a user pastes it
   * @param platform the platform it belongs to once unwrapped; {@code web} when it belongs to none;
   *     absent when it is not a link
   * @param follow whether it only leads to the post
   * @param problem the reason why nothing can be extracted; excludes the fields that follow
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

  /** All cases. */
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
