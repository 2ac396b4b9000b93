package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.link.PostLink.Treatment;
import org.touchstone.resolver.link.Wrappers;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformKeys;
import org.touchstone.resolver.platforms.UrlCases.UrlCase;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Extractors;

class LinkRecognitionTest {
  private static final String WEB = "web";
  private static final PlatformServer SERVER = new PlatformServer();
  private static final Extractors EXTRACTORS = SERVER.extractors(PlatformKeys.NONE);

  @AfterAll
  static void close() {
    SERVER.close();
  }

  static List<UrlCase> cases() {
    return UrlCases.all();
  }

  static Stream<UrlCase> links() {
    return cases().stream().filter(one -> one.platform() != null);
  }

  static Stream<UrlCase> accepted() {
    return cases().stream().filter(one -> one.canonical() != null);
  }

  static Stream<UrlCase> refused() {
    return links().filter(one -> one.problem() != null);
  }

  static Stream<UrlCase> notLinks() {
    return cases().stream().filter(one -> one.platform() == null);
  }

  static Stream<LinkTable> tables() {
    return Platforms.ALL.stream().map(Platform::links);
  }

  /** The table that reads a link; empty when the link belongs to no platform. */
  private static Optional<LinkTable> tableOf(WebLink link) {
    String platform = EXTRACTORS.forLink(link).platform();
    return tables().filter(table -> table.platform().equals(platform)).findFirst();
  }

  private static WebLink unwrapped(UrlCase one) {
    return Wrappers.unwrap(WebLink.parse(one.url()));
  }

  @Test
  void holdsFourHundredDifferentLinks() {
    assertThat(cases().stream().map(UrlCase::url).distinct().count()).isGreaterThanOrEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCaseSaysWhatItExpects(UrlCase one) {
    boolean isAccepted = one.canonical() != null && one.kind() != null && one.ids() != null;
    boolean isRefused = one.problem() != null && one.canonical() == null;
    boolean isWebPage = WEB.equals(one.platform()) && one.canonical() == null;

    assertThat(Stream.of(isAccepted, isRefused, isWebPage).filter(fits -> fits)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("links")
  void givesALinkToItsPlatformAlone(UrlCase one) {
    WebLink link = unwrapped(one);

    assertThat(EXTRACTORS.forLink(link).platform()).isEqualTo(one.platform());
    assertThat(EXTRACTORS.platforms().stream().filter(extractor -> extractor.claims(link)))
        .extracting(Extractor::platform)
        .isEqualTo(one.platform().equals(WEB) ? List.of() : List.of(one.platform()));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readsWhatALinkNames(UrlCase one) {
    WebLink link = unwrapped(one);

    PostLink found = tableOf(link).orElseThrow().match(link);

    assertThat(found.platform()).isEqualTo(one.platform());
    assertThat(found.kind()).isEqualTo(one.kind());
    assertThat(found.ids()).isEqualTo(one.ids());
    assertThat(found.canonical()).hasToString(one.canonical());
    assertThat(found.treatment()).isEqualTo(one.follow() ? Treatment.FOLLOW : Treatment.EXTRACT);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhyALinkOfAPlatformIsNotAccepted(UrlCase one) {
    WebLink link = unwrapped(one);

    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> tableOf(link).orElseThrow().match(link));

    assertThat(refusal.problem().type().code()).isEqualTo(one.problem());
  }

  @ParameterizedTest
  @MethodSource("notLinks")
  void saysWhyATextIsNotALink(UrlCase one) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> unwrapped(one));

    assertThat(refusal.problem().type().code()).isEqualTo(one.problem());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void rebuildsALinkThatMeansTheSame(UrlCase one) {
    if (one.follow()) {
      return;
    }
    WebLink canonical = WebLink.parse(one.canonical());

    PostLink again = tableOf(canonical).orElseThrow().match(canonical);

    assertThat(again.platform()).isEqualTo(one.platform());
    assertThat(again.canonical()).isEqualTo(canonical);
    assertThat(again.ids()).isEqualTo(one.ids());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void acceptsTheFormsThatItShows(LinkTable table) {
    for (Map.Entry<String, String> example : table.examples().entrySet()) {
      WebLink link = WebLink.parse(example.getValue());
      assertThat(tableOf(link)).as(example.getValue()).contains(table);
      assertThat(table.match(link).kind()).as(example.getValue()).isEqualTo(example.getKey());
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void hasCasesOfEveryKindAndOfLinksThatAreNotItsOwn(LinkTable table) {
    List<UrlCase> cases = UrlCases.of(table.platform());

    assertThat(cases.stream().filter(one -> table.platform().equals(one.platform())))
        .isNotEmpty()
        .filteredOn(one -> one.kind() != null)
        .extracting(UrlCase::kind)
        .containsAll(table.examples().keySet());
    assertThat(cases).anyMatch(one -> !table.platform().equals(one.platform()));
  }

  @Test
  void showsAnAcceptedFormWhenItRefusesALink() {
    LinkTable x = tables().filter(table -> table.platform().equals("x")).findFirst().orElseThrow();

    assertThatThrownBy(() -> x.match(WebLink.parse("https://x.com/somebody")))
        .hasMessageContaining("https://x.com/USER/status/1234567890123456789");
  }

  @Test
  void keepsPlatformNamesApart() {
    assertThat(tables().map(LinkTable::platform)).doesNotHaveDuplicates();
  }
}
