package org.touchstone.resolver.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.link.WebLink;

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
