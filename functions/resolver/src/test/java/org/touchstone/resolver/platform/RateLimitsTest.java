package org.touchstone.resolver.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.platforms.PlatformServer;

class RateLimitsTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final RateLimits limits = new RateLimits(3, Map.of("slow.example", 1), () -> now);

  private Integer refusal(String host) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> limits.acquire(host));
    assertThat(e.problem().type()).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);
    return e.problem().retryAfterSeconds();
  }

  @Test
  void letsAHostsBurstThroughAndThenOneAtATime() {
    for (int i = 0; i < 3; i++) {
      limits.acquire("a.example");
    }
    assertThat(refusal("a.example")).isEqualTo(20);
    now = now.plusSeconds(15);
    assertThat(refusal("a.example")).isEqualTo(5);
    now = now.plusSeconds(5);
    limits.acquire("a.example");
    assertThat(refusal("a.example")).isEqualTo(20);
    limits.acquire("b.example");
  }

  @Test
  void knowsHostsThatHaveALimitOfTheirOwn() {
    limits.acquire("slow.example");
    assertThat(refusal("slow.example")).isEqualTo(60);
  }

  @Test
  void savesUpNoMoreThanABurst() {
    limits.acquire("a.example");
    now = now.plusSeconds(3600);
    for (int i = 0; i < 3; i++) {
      limits.acquire("a.example");
    }
    assertThat(refusal("a.example")).isEqualTo(20);
  }

  private static Reply reply(int status, Map<String, List<String>> headers) {
    return new Reply(WebLink.parse("https://a.example/"), status, headers, null, new byte[0]);
  }

  @Test
  void keepsAwayUntilAHostHasSaid() {
    limits.acquire("a.example");
    limits.observe(reply(429, Map.of("retry-after", List.of("120"))));

    assertThat(refusal("a.example")).isEqualTo(120);
    now = now.plusSeconds(120);
    limits.acquire("a.example");
  }

  @Test
  void stopsWithTheLastRequestThatAHostAllows() {
    long reset = Instant.now().getEpochSecond() + 300;
    limits.acquire("a.example");
    limits.observe(
        reply(
            200,
            Map.of(
                "x-rate-limit-remaining",
                List.of("0"),
                "x-rate-limit-reset",
                List.of(Long.toString(reset)))));

    assertThat(refusal("a.example")).isBetween(290, 300);
  }

  @Test
  void goesOnWhileAHostAllowsMore() {
    limits.acquire("a.example");
    limits.observe(reply(200, Map.of("x-rate-limit-remaining", List.of("7"))));
    limits.observe(reply(503, Map.of()));

    assertThatCode(() -> limits.acquire("a.example")).doesNotThrowAnyException();
    assertThatCode(() -> limits.acquire("a.example")).doesNotThrowAnyException();
    assertThat(refusal("a.example")).isEqualTo(20);
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThatThrownBy(() -> new RateLimits(0, Map.of(), () -> now))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sendsNothingToAHostThatTakesNothing() throws IOException {
    try (PlatformServer web = new PlatformServer()) {
      web.serve("api.example.org", "/", 429, Map.of("Retry-After", "3600"), "{}");
      FetchRequest request = FetchRequest.get(WebLink.parse("https://api.example.org/x"));

      assertThat(web.client().send(request).status()).isEqualTo(429);
      assertThatThrownBy(() -> web.client().send(request)).isInstanceOf(ProblemException.class);
      assertThat(web.requests()).hasSize(1);
    }
  }
}
