package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.link.PostLink.Treatment;
import org.touchstone.resolver.link.Wrappers;
import org.touchstone.resolver.platform.mastodon.MastodonLinks;
import org.touchstone.resolver.platform.youtube.YouTubeLinks;
import org.touchstone.resolver.platforms.UrlCases.UrlCase;

class LinkRecognitionTest {
  static List<UrlCase> cases() {
    return UrlCases.all();
  }

  static Stream<LinkTable> tables() {
    return Stream.concat(AllLinks.BY_HOST.stream(), Stream.of(MastodonLinks.TABLE));
  }

  @Test
  void holdsFourHundredDifferentLinks() {
    assertThat(cases().stream().map(UrlCase::url).distinct().count()).isGreaterThanOrEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void recognisesTheLink(UrlCase expected) {
    WebLink link;
    try {
      link = Wrappers.unwrap(WebLink.parse(expected.url()));
    } catch (ProblemException e) {
      assertThat(expected.platform()).isNull();
      assertThat(e.problem().type().code()).isEqualTo(expected.problem());
      return;
    }
    Optional<LinkTable> table = tableOf(link);

    assertThat(table.map(LinkTable::platform).orElse("web")).isEqualTo(expected.platform());
    if (expected.problem() != null && table.get() != YouTubeLinks.TABLE) {
      ProblemException refusal =
          catchThrowableOfType(ProblemException.class, () -> table.get().match(link));
      assertThat(refusal.problem().type().code()).isEqualTo(expected.problem());
    } else if (expected.canonical() != null) {
      PostLink found = table.get().match(link);
      assertThat(found.platform()).isEqualTo(expected.platform());
      assertThat(found.kind()).isEqualTo(expected.kind());
      assertThat(found.ids()).isEqualTo(expected.ids());
      assertThat(found.canonical()).hasToString(expected.canonical());
      assertThat(found.treatment())
          .isEqualTo(expected.follow() ? Treatment.FOLLOW : Treatment.EXTRACT);
    }
  }

  private static Optional<LinkTable> tableOf(WebLink link) {
    return AllLinks.byHost(link)
        .or(
            () ->
                AllLinks.mayBeMastodon(link) ? Optional.of(MastodonLinks.TABLE) : Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesEveryLinkToAtMostOnePlatform(UrlCase any) {
    WebLink link;
    try {
      link = Wrappers.unwrap(WebLink.parse(any.url()));
    } catch (ProblemException notALink) {
      return;
    }
    long claiming = AllLinks.BY_HOST.stream().filter(table -> table.claims(link)).count();
    assertThat(claiming + (AllLinks.mayBeMastodon(link) ? 1 : 0)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rebuildsALinkThatMeansTheSame(UrlCase any) {
    if (any.canonical() == null || any.follow()) {
      return;
    }
    WebLink canonical = WebLink.parse(any.canonical());

    PostLink again = tableOf(canonical).orElseThrow().match(canonical);

    assertThat(again.platform()).isEqualTo(any.platform());
    assertThat(again.canonical()).isEqualTo(canonical);
    assertThat(again.ids()).isEqualTo(any.ids());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void takesItsOwnExamplesAndLeavesOthersAlone(LinkTable table) {
    for (String example : table.examples()) {
      WebLink link = WebLink.parse(example);
      assertThat(tableOf(link)).as(example).contains(table);
      assertThat(table.find(link)).as(example).isPresent();
    }
    assertThat(table.counterexamples()).isNotEmpty();
    for (String counterexample : table.counterexamples()) {
      assertThat(tableOf(WebLink.parse(counterexample)))
          .as(counterexample)
          .isNotEqualTo(Optional.of(table));
    }
  }

  @Test
  void keepsPlatformNamesApart() {
    assertThat(tables().map(LinkTable::platform)).doesNotHaveDuplicates();
  }
}
