package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.LinkFinder;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.link.Wrappers;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.UrlCases.UrlCase;
import org.touchstone.resolver.post.Extractors;

/** Every accepted link, pasted in every way, means the same post as the link by itself. */
class PastedLinksTest {
  private static final PlatformServer SERVER = new PlatformServer();
  private static final Extractors EXTRACTORS = SERVER.extractors(PlatformKeys.NONE);

  /** Texts around a link, which stands in the place of {@code %s}. */
  private static final List<String> TEXTS =
      List.of(
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
          "%s>",
          "%s'",
          "%s\"",
          "%s”",
          "%s’",
          "%s»",
          "%s*",
          "%s**",
          "%s|",
          "%s||",
          "%s`",
          "%s~",
          "%s~~",
          "%s).",
          "%s),",
          "%s.)",
          "%s!)",
          "%s\").",
          "%s?!",
          "%s。",
          "%s，",
          "%s、",
          "%s！",
          "%s？",
          "%s）",
          "%s」",
          "%s】",
          "%s\u200b",
          "%s\u200e",
          "%s\u2060",
          "%s\ufeff",
          "%s\u00ad",
          "%s\u00a0",
          "%s\u3000",
          "%s\t",
          "%s\n",
          "%s\r\nNext line",
          "%s\\n",
          "%s—said he",
          "%s👈",
          "%s ❤️",
          "%s&quot;",
          "%s&gt;",
          "%s%20",
          "%s%E2%80%8B",
          "%s%22",
          "%s{",
          "%s(",
          "(%s)",
          "[%s]",
          "{%s}",
          "<%s>",
          "\"%s\"",
          "'%s'",
          "‘%s’",
          "“%s”",
          "„%s“",
          "«%s»",
          "‹%s›",
          "「%s」",
          "『%s』",
          "【%s】",
          "（%s）",
          "《%s》",
          "*%s*",
          "**%s**",
          "_%s_",
          "__%s__",
          "~~%s~~",
          "`%s`",
          "```%s```",
          "||%s||",
          "|%s|",
          "| %s |",
          "> %s",
          "- %s",
          "→%s",
          "👉%s",
          "👉 %s 👈",
          "[post](%s)",
          "[%s](%s)",
          "[post](%s \"title\")",
          "![](%s)",
          "<%s|post>",
          "[%s|post]",
          "[[%s][post]]",
          "[url]%s[/url]",
          "[url=%s]post[/url]",
          "\\url{%s}",
          "url('%s')",
          "<a href=\"%s\">post</a>",
          "<a href='%s'>%s</a>",
          "<a href=%s>post</a>",
          "&lt;a href=&quot;%s&quot;&gt;post&lt;/a&gt;",
          "{\"url\":\"%s\"}",
          "url=%s",
          "\u200b%s\u200b",
          "\u202a%s\u202c",
          "\u2066%s\u2069",
          "\ufeff%s",
          "Look: %s, please",
          "Look:%s",
          "(see %s).",
          "%s via @jack",
          "%s (@jack)",
          "%s #cats",
          "%s\n\nSent from my phone",
          "%s %s",
          "%s\n%s",
          "%s, %s",
          "看这个%s，真的",
          "看这个：%s",
          "见%s。谢谢",
          "これ→%s",
          "Смотри %s.");

  @AfterAll
  static void close() {
    SERVER.close();
  }

  /** The accepted links of all platforms, and the examples that are shown to people. */
  static Stream<String> links() {
    return Stream.concat(
            UrlCases.all().stream().filter(one -> one.canonical() != null).map(UrlCase::url),
            Platforms.ALL.stream()
                .map(Platform::links)
                .flatMap(table -> table.examples().values().stream()))
        .filter(link -> link.strip().equals(link))
        .distinct();
  }

  /** What a text means, or why it means nothing. */
  private static String meaning(String text) {
    try {
      WebLink link = Wrappers.unwrap(WebLink.parse(LinkFinder.find(text)));
      String platform = EXTRACTORS.forLink(link).platform();
      Optional<LinkTable> table =
          Platforms.ALL.stream()
              .map(Platform::links)
              .filter(one -> one.platform().equals(platform))
              .findFirst();
      return table.map(one -> one.match(link)).map(PostLink::toString).orElse("web " + link);
    } catch (ProblemException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("links")
  void meanTheSameInEveryText(String link) {
    String expected = meaning(link);
    SoftAssertions softly = new SoftAssertions();
    for (String text : TEXTS) {
      String pasted = text.replace("%s", link);
      softly.assertThat(meaning(pasted)).as(pasted).isEqualTo(expected);
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @MethodSource("links")
  void meanTheSameInEveryWriting(String link) {
    String expected = meaning(link);
    SoftAssertions softly = new SoftAssertions();
    for (String written : writings(link)) {
      softly.assertThat(meaning(written)).as(written).isEqualTo(expected);
    }
    softly.assertAll();
  }

  private static Set<String> writings(String link) {
    WebLink whole = WebLink.parse(LinkFinder.find(link));
    String rest = whole.toString().substring(whole.scheme().length() + 3);
    String host = rest.substring(0, rest.indexOf('/'));
    String path = rest.substring(host.length());
    Set<String> writings = new TreeSet<>();
    for (String scheme :
        List.of(
            "http://",
            "https:/",
            "https//",
            "https:///",
            "https:// ",
            "https ://",
            "HTTPS://",
            "hxxps://",
            "hXXp://",
            "h t t p s : / / ",
            "ttps://",
            "htps://",
            "https;//",
            "https：//",
            "https://https://",
            "http://https://",
            "//",
            "")) {
      writings.add(scheme + rest);
    }
    writings.add("https://" + host.toUpperCase(java.util.Locale.ROOT) + path);
    if (host.indexOf(':') < 0) {
      writings.add("https://" + host + "." + path);
      writings.add("https://" + host + ":443" + path);
    }
    writings.add("hxxps[:]//" + host.replace(".", "[.]") + path);
    writings.add(
        java.net.URLEncoder.encode(whole.toString(), java.nio.charset.StandardCharsets.UTF_8));
    writings.add("https:\\/\\/" + rest.replace("/", "\\/"));
    writings.add("view-source:https://" + rest);
    return writings;
  }

  /** Reading a link that was found gives the same link: each part of the system may do so. */
  @ParameterizedTest
  @MethodSource("links")
  void areFoundAgain(String link) {
    String found = LinkFinder.find(link);
    assertThat(LinkFinder.find(found)).isEqualTo(found);
    String normal = WebLink.parse(found).toString();
    assertThat(LinkFinder.find(normal)).isEqualTo(normal);
  }

  @Test
  void areTriedInThousandsOfTexts() {
    Map<String, Long> kinds = new LinkedHashMap<>();
    links().forEach(link -> kinds.merge(meaning(link).split(",")[0], 1L, Long::sum));

    assertThat(kinds.values().stream().mapToLong(one -> one).sum() * TEXTS.size())
        .isGreaterThan(30_000);
    assertThat(new ArrayList<>(kinds.keySet()))
        .hasSizeGreaterThanOrEqualTo(Platforms.ALL.size() - 1);
  }
}
