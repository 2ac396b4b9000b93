package org.touchstone.intake.money;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.touchstone.billing.CapLimit;
import org.touchstone.billing.CapStanding;
import org.touchstone.billing.Spending;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.rate.RateShaper;

/**
 * The headers {@code RateLimit-Policy} and {@code RateLimit} of the IETF's draft
 * draft-ietf-httpapi-ratelimit-headers-10: how many requests the account may make, and, on answers
 * to requests for analyses, how many analyses.
 */
public class QuotaHeaders {
  private static final String RATE = "requests";

  /** What this instance knows of caps is told only with the request that found it out. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final RateShaper rates;
  private final Spending spending;
  private final InstantSource clock;
  private final Caller caller;

  public QuotaHeaders(RateShaper rates, Spending spending, InstantSource clock, Caller caller) {
    this.rates = rates;
    this.spending = spending;
    this.clock = clock;
    this.caller = caller;
  }

  /** Adds the headers, if there is anything to tell. */
  @ServerResponseFilter
  public void add(ContainerRequestContext request, ContainerResponseContext response) {
    List<String> policies = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    caller
        .knownAccountId()
        .ifPresent(
            accountId -> {
              rates
                  .standing(accountId)
                  .ifPresent(
                      standing -> {
                        policies.add(
                            policy(RATE, standing.perMinute(), RateShaper.WINDOW.toSeconds()));
                        limits.add(limit(RATE, standing.left(), seconds(standing.fullIn())));
                      });
              if (asksForAnalysis(request)) {
                Instant now = clock.instant();
                spending
                    .lastStanding(accountId)
                    .filter(standing -> standing.at().isAfter(now.minus(FRESH)))
                    .ifPresent(standing -> add(standing, policies, limits));
              }
            });
    if (!policies.isEmpty()) {
      response.getHeaders().putSingle("RateLimit-Policy", String.join(", ", policies));
      response.getHeaders().putSingle("RateLimit", String.join(", ", limits));
    }
  }

  private static boolean asksForAnalysis(ContainerRequestContext request) {
    return request.getMethod().equals("POST")
        && request.getUriInfo().getPath().endsWith("/v1/analyses");
  }

  /** Caps of money are no numbers of requests; {@code /v1/usage} tells them. */
  private static void add(CapStanding standing, List<String> policies, List<String> limits) {
    for (CapLimit cap : List.of(CapLimit.ANALYSES_PER_DAY, CapLimit.ANALYSES_PER_MONTH)) {
      if (cap.of(standing.caps()) != null) {
        String name = cap.isDaily() ? "analyses-per-day" : "analyses-per-month";
        Instant start = cap.start(standing.at()).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = cap.end(standing.at());
        policies.add(
            policy(name, cap.of(standing.caps()), Duration.between(start, end).toSeconds()));
        limits.add(limit(name, standing.left(cap), seconds(Duration.between(standing.at(), end))));
      }
    }
  }

  private static String policy(String name, long quota, long windowSeconds) {
    return "\"%s\";q=%d;w=%d".formatted(name, quota, windowSeconds);
  }

  private static String limit(String name, long left, long resetSeconds) {
    return "\"%s\";r=%d;t=%d".formatted(name, left, resetSeconds);
  }

  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }
}
