package org.touchstone.resolver.platforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.touchstone.domain.Json;

/** The tables of links and what each is, in {@code urls/*.json}. */
public final class UrlCases {
  private static final List<String> FILES =
      List.of(
          "x",
          "reddit",
          "mastodon",
          "truthsocial",
          "bluesky",
          "tiktok",
          "instagram",
          "facebook",
          "threads",
          "telegram",
          "googledrive",
          "bitchute",
          "rumble",
          "linkedin",
          "vimeo",
          "dailymotion",
          "youtube",
          "shortlink",
          "wrapper",
          "web");

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

  public static List<UrlCase> all() {
    return FILES.stream().flatMap(UrlCases::read).toList();
  }

  private static Stream<UrlCase> read(String file) {
    String folder = file.equals("wrapper") ? "link" : "platform/" + file;
    String name = "/org/touchstone/resolver/" + folder + "/urls.json";
    try (InputStream in = UrlCases.class.getResourceAsStream(name)) {
      return Arrays.stream(Json.mapper().readValue(in, UrlCase[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
