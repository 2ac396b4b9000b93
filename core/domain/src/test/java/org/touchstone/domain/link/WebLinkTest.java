package org.touchstone.domain.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class WebLinkTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "https://example.com -> https://example.com/",
        "  HTTPS://Example.COM:443/A?b=C#frag  -> https://example.com/A?b=C",
        "http://example.com:8080?x -> http://example.com:8080/?x",
        "http://example.com:/a -> http://example.com/a",
        "example.com/photo.jpg -> https://example.com/photo.jpg",
        "example.com:8443/a -> https://example.com:8443/a",
        "https://example.com./a -> https://example.com/a",
        "https://my_files.example.com/a -> https://my_files.example.com/a",
        "https://bücher.example/ü?ü=ü -> https://xn--bcher-kva.example/%C3%BC?%C3%BC=%C3%BC",
        "https://example。com/a -> https://example.com/a",
        "https://example.com/a b|c\"<>^`{}[1].jpg ->"
            + " https://example.com/a%20b%7Cc%22%3C%3E%5E%60%7B%7D%5B1%5D.jpg",
        "https://example.com/100%/%41%zz -> https://example.com/100%25/%41%25zz",
        "https://example.com//a//b/../c -> https://example.com//a//b/../c",
        "https://example.com/😀 -> https://example.com/%F0%9F%98%80",
        "https://example.com/a?u=http://x.example/@y ->"
            + " https://example.com/a?u=http://x.example/@y",
        "http://[2001:DB8::1]:8080/a -> http://[2001:db8::1]:8080/a",
        "http://１２７.0.0.1/ -> http://127.0.0.1/",
      })
  void isParsedOnceAndRebuilt(String text, String link) {
    assertThat(WebLink.parse(text)).hasToString(link);
    assertThat(WebLink.parse(link)).isEqualTo(WebLink.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "http://",
        "http:///path",
        "http:example.com",
        "https:/example.com",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "https://example.com:0/",
        "https://example.com:8a/",
        "https://example.com:80:80/",
        "https://..com/",
        "https://example..com/",
        "https://%31%32%37.0.0.1/",
        "https://example.com\\@evil.example/",
        "https://example.com/\r\nHost: evil.example",
        "https://example.com/\0",
        "https://ex<ample>.com/",
        "https://[::1/",
        "https://::1/",
        "https://[example.com]x/",
      })
  void refusesWhatIsNoWebAddress(String text) {
    assertThat(problem(text)).isEqualTo(ProblemType.LINK_INVALID);
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(problem("https://example.com/" + "a".repeat(5000)))
        .isEqualTo(ProblemType.LINK_INVALID);
    assertThat(problem("https://" + "a".repeat(64) + ".com/")).isEqualTo(ProblemType.LINK_INVALID);
    assertThat(problem("https://" + "a.".repeat(150) + "com/")).isEqualTo(ProblemType.LINK_INVALID);
    assertThat(problem(null)).isEqualTo(ProblemType.LINK_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com/a.jpg",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "mailto:someone@example.com",
        "gopher://example.com/",
        "jar:https://example.com/a!/b",
      })
  void refusesOtherSchemes(String text) {
    assertThat(problem(text)).isEqualTo(ProblemType.LINK_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com@evil.example/",
        "https://@example.com/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
      })
  void refusesUserNamesAndNetworkInterfaces(String text) {
    assertThat(problem(text)).isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "https://other.example/x -> https://other.example/x",
        "//other.example:444/x -> https://other.example:444/x",
        "/x?y -> https://example.com:8443/x?y",
        "x.jpg -> https://example.com:8443/a/x.jpg",
        "../x.jpg -> https://example.com:8443/x.jpg",
        "../../../x.jpg -> https://example.com:8443/x.jpg",
        "./x/./y/../z/. -> https://example.com:8443/a/x/z/",
        "x//y -> https://example.com:8443/a/x//y",
        ".. -> https://example.com:8443/",
        "?z=1 -> https://example.com:8443/a/b?z=1",
        "#frag -> https://example.com:8443/a/b?q=1",
        "x y?z z -> https://example.com:8443/a/x%20y?z%20z",
      })
  void resolvesReferences(String reference, String link) {
    assertThat(WebLink.parse("https://example.com:8443/a/b?q=1").resolve(reference))
        .hasToString(link);
  }

  @Test
  void partsPutTogetherByHandAreCheckedToo() {
    assertThatThrownBy(() -> new WebLink("ftp", "example.com", 80, "/", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WebLink("http", "example.com/x", 80, "/", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WebLink("http", "example.com", 80, "/a b", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WebLink("http", "example.com", 80, "/", "a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A page may hold thousands of links as long as these. */
  @ParameterizedTest
  @ValueSource(strings = {"http://[%", "http://ü", "http://𝕏", "http://a.b/?ü", "http://a.b/%"})
  void hostileLinksAreParsedInLinearTime(String beginning) {
    String last = beginning.substring(beginning.offsetByCodePoints(beginning.length(), -1));
    String link =
        beginning + last.repeat((WebLink.MAX_LENGTH - beginning.length()) / last.length());
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (int i = 0; i < 20_000; i++) {
            try {
              WebLink.parse(link);
            } catch (ProblemException refused) {
              // Refused or not, it costs the same.
            }
          }
        });
  }

  private static ProblemType problem(String text) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> WebLink.parse(text));
    assertThat(e).isNotNull();
    return e.problem().type();
  }
}
