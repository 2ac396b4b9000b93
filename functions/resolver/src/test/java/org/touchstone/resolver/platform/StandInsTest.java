package org.touchstone.resolver.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.post.Post;

class StandInsTest {
  private static final WebLink PAGE = WebLink.parse("https://news.example.org/story");

  /** Far longer than needed, and far shorter than what took too long. */
  private static final Duration LONG = Duration.ofSeconds(20);

  private static boolean namesAnIcon(String relations) {
    return !StandIns.named(
            PAGE, Jsoup.parse("<link rel='" + relations + "' href='/1.jpg'>", PAGE.toString()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "icon",
        "ICON",
        "shortcut icon",
        "icon shortcut",
        "apple-touch-icon",
        "apple-touch-icon-precomposed",
        "mask-icon"
      })
  void areWhatALinkCallsAnIcon(String relations) {
    assertThat(namesAnIcon(relations)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stylesheet", "iconic", "preload", "image_src"})
  void areNotWhatALinkCallsSomethingElse(String relations) {
    assertThat(namesAnIcon(relations)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"logo-512x512.png", "og-logo.svg.png", "icon@2x.png", "site_logo-dark-large.webp"})
  void areFilesThatAreNamedAfterTheSite(String name) {
    assertThat(StandIns.isOne(WebLink.parse("https://cdn.example.org/" + name))).isTrue();
  }

  @Test
  void noLengthOfAFilesNameIsTooMuch() {
    WebLink picture = WebLink.parse("https://cdn.example.org/logo" + "-1".repeat(1_000) + ".png");

    assertThat(StandIns.isOne(picture)).isFalse();
  }

  @Test
  void areLookedForAmongNoMorePicturesThanAPostMayHave() {
    String head =
        IntStream.range(0, 200)
            .mapToObj(i -> "<meta property='og:image' content='/" + i + ".jpg'>")
            .collect(Collectors.joining());

    assertThat(new OpenGraph(PAGE, Jsoup.parse(head, PAGE.toString())).images())
        .hasSize(Post.MAX_MEDIA + 1);
  }

  @Test
  void areFoundInBoundedTimeWhateverALinkIsCalled() {
    String relations = "icon-a\n".repeat(500_000);

    Assertions.assertTimeoutPreemptively(
        LONG,
        () -> {
          assertThat(namesAnIcon(relations)).isTrue();
          assertThat(namesAnIcon("-icon\n".repeat(500_000).replace("icon", "icn"))).isFalse();
          assertThat(namesAnIcon("a-icon-".repeat(500_000) + "\n")).isFalse();
        });
  }
}
