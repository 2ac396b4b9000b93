package org.touchstone.domain.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class LinkFinderTest {
  private static final String LINK = "https://x.com/jack/status/20";

  private static Problem problem(String text) {
    return catchThrowableOfType(ProblemException.class, () -> LinkFinder.find(text)).problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "  %s\n",
        "%s.",
        "%s,",
        "%s;",
        "%s:",
        "%s!",
        "%s?",
        "%s...",
        "%s…",
        "%s)",
        "%s]",
        "%s}",
        "%s'",
        "%s\"",
        "%s”",
        "%s’",
        "%s*",
        "%s).",
        "%s。",
        "(%s)",
        "[%s]",
        "<%s>",
        "\"%s\"",
        "'%s'",
        "“%s”",
        "„%s“",
        "«%s»",
        "「%s」",
        "||%s||",
        "**%s**",
        "~~%s~~",
        "`%s`",
        "[the post](%s)",
        "[%s](%s)",
        "<a href=\"%s\">post</a>",
        "Look at this: %s, please",
        "(see %s).",
        "%s via @jack",
        "%s\n\nSent from my phone",
        "\u200b%s\u200b",
        "\u202a%s\u202c",
        "\ufeff%s",
        "\u2066%s\u2069.",
        "%s %s",
      })
  void isFoundInTheTextAroundIt(String text) {
    assertThat(LinkFinder.find(text.replace("%s", LINK))).isEqualTo(LINK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "https//x.com/jack/status/20 -> https://x.com/jack/status/20",
        "https:/x.com/jack/status/20 -> https://x.com/jack/status/20",
        "HTTP:/x.com/jack/status/20 -> HTTP://x.com/jack/status/20",
        "Look: (x.com/jack/status/20). -> x.com/jack/status/20",
        "https://x.com/ja\u200bck/status/20 -> https://x.com/jack/status/20",
        "x.com/jack/status/20 -> x.com/jack/status/20",
        "www.x.com/jack/status/20. -> www.x.com/jack/status/20",
        "see x.com/jack/status/20 please -> x.com/jack/status/20",
        "(example.com:8443/a.jpg) -> example.com:8443/a.jpg",
        "ex\u00e4mple.de/a.jpg -> ex\u00e4mple.de/a.jpg",
      })
  void isMendedOrCompletedWhenParsed(String text, String link) {
    assertThat(LinkFinder.find(text)).isEqualTo(link);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.instagram.com/p/CVAksOjMuQ_/",
        "https://www.instagram.com/p/CVAksOjMuQ_",
        "https://t.me/durov/43?single",
        "https://en.wikipedia.org/wiki/Touchstone_(assaying_tool)",
        "https://web.archive.org/web/2024*/https://x.com/jack/status/20",
        "https://web.archive.org/web/20240116000000/https://x.com/jack/status/20",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Fjack%2Fstatus%2F20&h=AT0",
        "https://a.example/p?u=http://b.example/",
        "http://[2001:db8::1]:8080/a",
        "http://127.0.0.1:8080/a.jpg",
        "http://localhost/a.jpg",
        "https://h.example/a b.jpg?x={1}|2",
        "https://h.example/my holiday photo.jpg",
        "https://foo_bar.example/a.jpg",
        "https://h.example/%E4%BD%A0#part",
      })
  void keepsWhatIsTheLinksOwn(String link) {
    assertThat(LinkFinder.find(link)).isEqualTo(link);
    assertThat(WebLink.parse(LinkFinder.find(link))).isEqualTo(WebLink.parse(link));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\u200b",
        "photo.jpg",
        "a b",
        "no link at all.",
        "jack@example.org",
        "http://",
        "https:///",
        "https:///a",
        "/home/jack/photo.jpg",
        "./folder.d/photo.jpg",
      })
  void isNotFoundWhereThereIsNone(String text) {
    assertThat(problem(text).type()).isEqualTo(ProblemType.LINK_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.org/a", "tg://resolve?domain=x", "mailto:a@example.org"})
  void saysThatOtherSchemesAreNotFollowed(String text) {
    assertThat(problem(text).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @Test
  void mustBeTheOnlyOne() {
    Problem problem = problem(LINK + " https://x.com/jack/status/21");

    assertThat(problem.type()).isEqualTo(ProblemType.LINK_INVALID);
    assertThat(problem.detail()).contains("more than one link");
  }

  @Test
  void isNotLookedForInALongText() {
    assertThat(problem(LINK + " ".repeat(WebLink.MAX_LENGTH)).type())
        .isEqualTo(ProblemType.LINK_INVALID);
    assertThat(problem(null).type()).isEqualTo(ProblemType.LINK_INVALID);
  }

  @Test
  void isFoundInHostileTextWithoutDelay() {
    String dots = "a.".repeat(2000);
    String slashes = "https://".repeat(500) + "a";
    long start = System.nanoTime();

    assertThat(problem(dots).type()).isEqualTo(ProblemType.LINK_INVALID);
    assertThat(LinkFinder.find(slashes)).isEqualTo(slashes);

    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
  }

  @Test
  void readsALinkBeforeManyWords() {
    assertThat(LinkFinder.find("https://a.example/c" + " a".repeat(2030)))
        .isEqualTo("https://a.example/c");
    assertThat(LinkFinder.find("https://a.example/c" + " a".repeat(2000) + ".jpg"))
        .endsWith(" a.jpg");
  }
}
