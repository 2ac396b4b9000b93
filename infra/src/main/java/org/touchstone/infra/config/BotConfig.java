package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mention bot. {@code docs/bot.md} describes the keys.
 *
 * @param language of replies to mentions and people of other languages, or null for en
 * @param deadline how long a mention waits for a verdict, in ISO 8601, or null for PT2H
 * @param maxAge older mentions are not answered, in ISO 8601, or null for P1D
 * @param reuse how long the analysis of a post serves further mentions of it, or null for P7D
 * @param approve levels whose replies a person has to release, or null for none
 * @param platforms the platforms with an account, by name
 * @param analysis another service that analyses, or null for this deployment's API
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BotConfig(
    String language,
    String deadline,
    String maxAge,
    String reuse,
    List<String> approve,
    Map<String, Platform> platforms,
    Analysis analysis) {
  private static final Duration DEFAULT_DEADLINE = Duration.ofHours(2);

  public BotConfig {
    platforms = platforms == null ? Map.of() : new TreeMap<>(platforms);
  }

  /**
   * An account on a platform.
   *
   * @param address the server, for platforms of many servers
   * @param monthlyCapUsd what calls may cost in a month, in US dollars, or null for any amount
   * @param link whether replies link to the result
   * @param noMedia whether a mention without media gets a note
   * @param confirmOptOut whether an opt-out is confirmed
   * @param delay whether a late verdict is announced, where the platform allows it
   * @param correct whether a reply is corrected, where the platform allows it
   * @param perPerson mentions of one person in a day that are answered
   * @param perThread mentions in one thread in a day that are answered
   * @param perDay mentions in a day that are answered
   * @param blocked accounts that are not answered
   * @param pollMinutes how often it is asked for mentions, or null for every 5 minutes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Platform(
      String address,
      BigDecimal monthlyCapUsd,
      Boolean link,
      Boolean noMedia,
      Boolean confirmOptOut,
      Boolean delay,
      Boolean correct,
      Integer perPerson,
      Integer perThread,
      Integer perDay,
      List<String> blocked,
      Integer pollMinutes) {
    private static final int DEFAULT_MINUTES = 5;

    /** How often it is asked for mentions. */
    public int minutes() {
      return pollMinutes == null ? DEFAULT_MINUTES : pollMinutes;
    }
  }

  /**
   * Another service.
   *
   * @param url its address
   * @param shape touchstone or resolve-media, or null for touchstone
   */
  public record Analysis(String url, String shape) {}

  /** After which a mention is answered in any case. */
  public Duration answeredAfter() {
    return deadline == null ? DEFAULT_DEADLINE : Duration.parse(deadline);
  }

  /** The settings as the functions read them. */
  public String json() {
    JsonMapper mapper = new JsonMapper();
    ObjectNode settings = mapper.valueToTree(this);
    settings.remove("analysis");
    settings.path("platforms").forEach(platform -> ((ObjectNode) platform).remove("pollMinutes"));
    try {
      return mapper.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }
}
