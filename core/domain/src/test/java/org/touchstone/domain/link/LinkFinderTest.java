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
        "%s via @jack (@jack)",
        "%s>",
        "%s|",
        "%s(",
        "%s\u00a0",
        "%s\\n",
        "%s%20",
        "%s%E2%80%8B",
        "%s%22%3E",
        "%s’s video",
        "%s—he said",
        "%s👈",
        "👉%s👈",
        "‘%s’",
        "_%s_",
        "__%s__",
        "|%s|by Jack|",
        "<%s|post>",
        "[%s|post]",
        "[[%s][post]]",
        "[url]%s[/url]",
        "[url=%s]post[/url]",
        "\\url{%s}",
        "<a href=%s>post</a>",
        "<a href='%s'>post</a>",
        "&lt;a href=&quot;%s&quot;&gt;post&lt;/a&gt;",
        "{\"url\":\"%s\"}",
        "{\\\"url\\\":\\\"%s\\\"}",
        "url('%s');",
        "看这个%s，真的",
        "看这个：%s。谢谢",
        "【%s】",
        "（%s）",
        "via Twitter%s",
        "%s,%s",
        "%s%s",
        "[https://x.com/jack/stat…](%s)",
        "<URL:%s>",
        "view-source:%s",
        "https://%s",
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
        "HTTP:/x.com/jack/status/20 -> http://x.com/jack/status/20",
        "https:///x.com/jack/status/20 -> https://x.com/jack/status/20",
        "https:\\\\x.com\\jack\\status\\20 -> https://x.com/jack/status/20",
        "https:// x.com/jack/status/20 -> https://x.com/jack/status/20",
        "https ://x.com/jack/status/20 -> https://x.com/jack/status/20",
        "h t t p s://x.com/jack/status/20 -> https://x.com/jack/status/20",
        "h t t p s : / / x . c o m / j a c k / s t a t u s / 2 0 -> https://x.com/jack/status/20",
        "https:// x . com / jack / status / 20 -> https://x.com/jack/status/20",
        "ttps://x.com/jack/status/20 -> https://x.com/jack/status/20",
        "htps://x.com/jack/status/20 -> https://x.com/jack/status/20",
        "https;//x.com/jack/status/20 -> https://x.com/jack/status/20",
        "hxxps://x.com/jack/status/20 -> https://x.com/jack/status/20",
        "hxxp[:]//x[.]com/jack/status/20 -> http://x.com/jack/status/20",
        "x(dot)com/jack/status/20 -> x.com/jack/status/20",
        "http://https://x.com/jack/status/20 -> https://x.com/jack/status/20",
        "https：//x.com/jack/status/20 -> https://x.com/jack/status/20",
        "ｈｔｔｐｓ：／／ｘ．ｃｏｍ／ｊａｃｋ／ｓｔａｔｕｓ／２０ -> https://x.com/jack/status/20",
        "https://x。com/jack/status/20 -> https://x.com/jack/status/20",
        "https%3A%2F%2Fx.com%2Fjack%2Fstatus%2F20 -> https://x.com/jack/status/20",
        "https%253A%252F%252Fx.com%252Fjack%252Fstatus%252F20 -> https://x.com/jack/status/20",
        "x.com%2Fjack%2Fstatus%2F20 -> x.com/jack/status/20",
        "https:\\/\\/x.com\\/jack\\/status\\/20 -> https://x.com/jack/status/20",
        "https://x.com/j\\_ck/status/20 -> https://x.com/j_ck/status/20",
        "https://twitter.com/#!/jack/status/20 -> https://twitter.com/jack/status/20",
        "//x.com/jack/status/20 -> x.com/jack/status/20",
        "Link:x.com/jack/status/20 -> x.com/jack/status/20",
        "看这个x.com/jack/status/20 -> x.com/jack/status/20",
        "_x.com/jack/status/20_ -> x.com/jack/status/20",
        "x.com/a/status/20 https://x.com/a/status/20?s=46 -> https://x.com/a/status/20?s=46",
        "l.facebook.com/l.php?u=https://x.com/a -> l.facebook.com/l.php?u=https://x.com/a",
        "www.example.org -> www.example.org",
        "127.0.0.1:8080/a.jpg -> 127.0.0.1:8080/a.jpg",
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
        "https://en.wikipedia.org/wiki/Michelson–Morley_experiment",
        "https://fr.wikipedia.org/wiki/L’Étranger",
        "https://fa.wikipedia.org/wiki/\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "https://en.wikipedia.org/wiki/McDonald's",
        "https://h.example/cdn-cgi/image/width=80,https://x.example/a.jpg",
        "https://example.org/😀",
        "https://example.org/~jack",
        "https://www.instagram.com/p/CVAksOjMuQu/?igsh=MzRlODBiNWFlZA==",
        "https://urldefense.com/v3/__https://x.com/jack/status/20__;!!AbC!xyz$",
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
  void saysThatOtherSchemesAreNotAccepted(String text) {
    assertThat(problem(text).type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(problem(text).detail())
        .startsWith("Only http and https links are accepted, not " + text.split(":")[0])
        .contains("a link looks like https://");
    assertThat(LinkFinder.isMeantAsLink(text)).isTrue();
  }

  @Test
  void mustBeTheOnlyOne() {
    Problem problem = problem(LINK + " https://x.com/jack/status/21");

    assertThat(problem.type()).isEqualTo(ProblemType.LINK_INVALID);
    assertThat(problem.detail())
        .contains("more than one link")
        .contains(LINK + " and https://x.com/jack/status/21");
    assertThat(LinkFinder.isMeantAsLink(LINK + " https://x.com/jack/status/21")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.com/jack/status/20,https://x.com/a/status/1",
        "https://x.com/jack/status/20https://x.com/a/status/1",
        "x.com/jack/status/20 and x.com/jack/status/21",
        "[https://x.com/jack/status/20](https://x.com/jack/status/21)",
        "<https://x.com/jack/status/2> https://x.com/jack/status/20",
      })
  void isNotChosenAmongSeveral(String text) {
    assertThat(problem(text).detail()).contains("more than one link");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<blockquote class=\"twitter-tweet\"><p>So <a href=\"https://t.co/abc\">pic</a></p>&mdash;"
            + " Jack (@jack) <a href=\"%s\">March 21, 2006</a></blockquote> <script async"
            + " src=\"https://platform.x.com/widgets.js\"></script>",
        "<blockquote class=\"tiktok-embed\" cite=\"%s\" data-video-id=\"1\"><section><a"
            + " href=\"https://www.tiktok.com/@u?refer=embed\">@u</a></section></blockquote><script"
            + " async src=\"https://www.tiktok.com/embed.js\"></script>",
        "<blockquote class=\"instagram-media\" data-instgrm-permalink=\"%s\"><a"
            + " href=\"https://www.instagram.com/jack/\">Jack</a></blockquote><script async"
            + " src=\"//www.instagram.com/embed.js\"></script>",
        "<blockquote class=\"reddit-embed-bq\"><a href=\"%s\">Title</a><br> by<a"
            + " href=\"https://x.com/user/jack/\">u/jack</a> in<a href=\"https://x.com/r/pics/\">"
            + "pics</a></blockquote>",
        "<iframe src=\"%s\" width=\"500\"></iframe><script src=\"https://x.com/a.js\"></script>",
      })
  void isThePostsInTheCodeThatEmbedsOne(String code) {
    assertThat(LinkFinder.find(code.replace("%s", LINK))).isEqualTo(LINK);
  }

  @Test
  void isMendedWhereAMailProgramBrokeItsLine() {
    assertThat(LinkFinder.find("See <https://x.com/jack/\nstatus/20>.")).isEqualTo(LINK);
  }

  @Test
  void isNotMeantByTheNameOfAFile() {
    assertThat(LinkFinder.isMeantAsLink("photo.jpg")).isFalse();
    assertThat(LinkFinder.isMeantAsLink("C:\\photo.jpg")).isFalse();
    assertThat(LinkFinder.isMeantAsLink("x.com/jack/status/20")).isTrue();
  }

  @Test
  void isNotLookedForInALongText() {
    assertThat(LinkFinder.find(LINK + " ".repeat(WebLink.MAX_LENGTH))).isEqualTo(LINK);
    assertThat(problem(LINK + " ".repeat(LinkFinder.MAX_TEXT_LENGTH)).type())
        .isEqualTo(ProblemType.LINK_INVALID);
    assertThat(problem(null).type()).isEqualTo(ProblemType.LINK_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.",
        "https://",
        "https://a/",
        "tp://a/",
        ",https:/",
        "(",
        "https://a(",
        "<https://a\n",
        "<a href=https://a ",
        "<script ",
        "<script>",
        "<blockquote ",
        "<blockquote ><a ",
        "h t t p s ",
        ". a",
        "＠．",
        "%2F",
        "a.bc%2F",
        "\\",
        "&#34;",
        "https://@a ",
        "_",
        "a[.]",
        "https://a.bc/ ",
        "x.com/a ",
        "\u200c",
        "https://a.bc/_"
      })
  void takesNoTimeInHostileText(String part) {
    String text = part.repeat(LinkFinder.MAX_TEXT_LENGTH / part.length());
    long start = System.nanoTime();

    try {
      LinkFinder.find(text);
    } catch (ProblemException e) {
      assertThat(e.problem().type().isInputsFault()).isTrue();
    }

    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void readsALinkBeforeManyWords() {
    assertThat(LinkFinder.find("https://a.example/c" + " a".repeat(2030)))
        .isEqualTo("https://a.example/c");
    assertThat(LinkFinder.find("https://a.example/c" + " a".repeat(2000) + ".jpg"))
        .endsWith(" a.jpg");
  }
}
