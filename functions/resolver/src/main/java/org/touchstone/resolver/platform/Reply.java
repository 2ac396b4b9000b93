package org.touchstone.resolver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jsoup.nodes.Document;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.markup.Markup;
import org.touchstone.resolver.markup.MarkupException;

/**
 * A platform's answer, read completely.
 *
 * @param link the requested link
 * @param status the HTTP status
 * @param headers all headers, by lower-case name
 * @param location the target of a redirect; absent for other answers
 * @param body at most {@link PlatformClient#MAX_BYTES}
 */
public record Reply(
    WebLink link, int status, Map<String, List<String>> headers, WebLink location, byte[] body) {
  private static final int UNAVAILABLE_FOR_LEGAL_REASONS = 451;
  private static final String DIGITS = "[0-9]{1,12}";
  private static final long MAX_RETRY_AFTER_SECONDS = 24 * 3600;

  /** Whether the status is a success. */
  public boolean isSuccess() {
    return status == 200;
  }

  /** The first value of a header; absent when there is none. */
  public String header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    return values == null ? null : values.getFirst();
  }

  /**
   * The body as JSON, an object or an array.
   *
   * @throws ProblemException {@link ProblemType#PLATFORM_CHANGED} when it is neither
   */
  public JsonNode json() {
    try {
      JsonNode node = Json.mapper().readTree(body);
      if (node != null && node.isContainerNode()) {
        return node;
      }
    } catch (IOException notJson) {
      throw new ProblemException(Problem.of(ProblemType.PLATFORM_CHANGED), notJson);
    }
    throw new ProblemException(ProblemType.PLATFORM_CHANGED);
  }

  /**
   * The body as a web page; any body can be parsed as one.
   *
   * @throws ProblemException {@link ProblemType#PLATFORM_CHANGED} when it is too complicated
   */
  public Document html() {
    try {
      return Markup.html(withoutMark(text()), link.toString());
    } catch (MarkupException e) {
      throw new ProblemException(
          Problem.of(ProblemType.PLATFORM_CHANGED, "This page is too complicated to be read."), e);
    }
  }

  /**
   * The body as an XML document.
   *
   * @throws ProblemException {@link ProblemType#PLATFORM_CHANGED} when it is too complicated
   */
  public Document xml() {
    try {
      return Markup.xml(withoutMark(text()));
    } catch (MarkupException e) {
      throw new ProblemException(Problem.of(ProblemType.PLATFORM_CHANGED), e);
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The body as text in UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** This answer, if its status is a success. */
  public Reply orThrow() {
    if (isSuccess()) {
      return this;
    }
    throw problem();
  }

  /**
   * The problem for a status that is not a success, where the platform gives it no meaning of its
   * own.
   */
  public ProblemException problem() {
    Optional<Problem> wall = location == null ? Optional.empty() : Walls.at(location);
    if (wall.isPresent()) {
      return new ProblemException(wall.get());
    }
    if (status == UNAVAILABLE_FOR_LEGAL_REASONS) {
      return new ProblemException(PostProblems.REGION);
    }
    ProblemType type =
        switch (status) {
          case 404, 410 -> ProblemType.POST_DELETED;
          case 420, 429 -> ProblemType.PLATFORM_RATE_LIMITED;
          // LinkedIn's own status for clients that it takes for robots.
          case 999 -> ProblemType.PLATFORM_ROBOT_CHECK;
          case 401, 402, 403, 407 -> ProblemType.FETCH_REFUSED;
          case 408, 504 -> ProblemType.FETCH_TIMEOUT;
          default -> status >= 500 ? ProblemType.FETCH_FAILED : ProblemType.PLATFORM_CHANGED;
        };
    return new ProblemException(new Problem(type, null, retryAfterSeconds()));
  }

  /** Seconds until the platform accepts requests again; absent when it does not say. */
  Integer retryAfterSeconds() {
    String after = header("retry-after");
    if (after != null) {
      if (after.strip().matches(DIGITS)) {
        return bounded(Long.parseLong(after.strip()));
      }
      Instant date = DateUtils.parseStandardDate(after.strip());
      if (date != null) {
        return bounded(Duration.between(Instant.now(), date).toSeconds());
      }
    }
    return status == 429 ? untilReset() : null;
  }

  /**
   * Seconds for which the host accepts no more requests; absent when it does not say. X gives the
   * end of its window, Reddit the time that remains.
   */
  Integer closedForSeconds() {
    if (status == 420 || status == 429 || status == 503) {
      return retryAfterSeconds();
    }
    if ("0".equals(header("x-rate-limit-remaining"))) {
      return untilReset();
    }
    String left = header("x-ratelimit-remaining");
    String reset = header("x-ratelimit-reset");
    return left != null && left.matches("0(\\.0+)?") && reset != null && reset.matches(DIGITS)
        ? bounded(Long.parseLong(reset))
        : null;
  }

  private Integer untilReset() {
    String reset = header("x-rate-limit-reset");
    return reset != null && reset.strip().matches(DIGITS)
        ? bounded(Long.parseLong(reset.strip()) - Instant.now().getEpochSecond())
        : null;
  }

  private static int bounded(long seconds) {
    return (int) Math.clamp(seconds, 0, MAX_RETRY_AFTER_SECONDS);
  }
}
