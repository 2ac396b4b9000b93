package org.touchstone.resolver.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.TimeBudget;
import org.touchstone.resolver.platform.web.DirectLinkExtractor;

class ExtractorsTest {
  private final Extractor a = forHost("a.test");
  private final Extractor b = forHost("b.test");
  private final Extractor fallback = new DirectLinkExtractor();

  private static Extractor forHost(String host) {
    return new Extractor() {
      @Override
      public String platform() {
        return host;
      }

      @Override
      public boolean claims(WebLink link) {
        return link.host().equals(host);
      }

      @Override
      public Post extract(WebLink link) {
        return new Post(host, link.toString(), null, null, List.of(link));
      }
    };
  }

  @Test
  void theClaimingPlatformGetsTheLinkAndTheFallbackTheRest() {
    Extractors extractors = new Extractors(List.of(a, b), fallback);
    assertThat(extractors.forLink(WebLink.parse("https://b.test/1"))).isSameAs(b);
    assertThat(extractors.forLink(WebLink.parse("https://c.test/1"))).isSameAs(fallback);
  }

  @Test
  void twoClaimsOnOneLinkAreAMistake() {
    Extractors extractors = new Extractors(List.of(a, forHost("a.test")), fallback);
    assertThatThrownBy(() -> extractors.forLink(WebLink.parse("https://a.test/1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a.test");
  }

  @Test
  void noLinkIsFollowedWhenTheTimeIsOver() {
    Extractors extractors = new Extractors(List.of(a, b), fallback);
    WebLink link = WebLink.parse("https://a.test/1");

    assertThatThrownBy(() -> extractors.find(link, TimeBudget.of(Duration.ZERO)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.FETCH_TIMEOUT));
  }
}
