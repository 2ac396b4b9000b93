package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/**
 * A voter of another organisation: an HTTP service that is asked for a score. {@code
 * docs/voters.md} describes the keys; the function that asks reads and checks all of them.
 *
 * @param name the detector's name in reports
 * @param preset a description that the function brings, or null
 * @param provider whose service it is, or null for the preset's
 * @param category what kind of evidence it looks for
 * @param tracks the kinds of media that are sent to it
 * @param address the start of its addresses, or null for the preset's
 * @param secret name of its secret, or null for none
 * @param requests the requests that put the question, or null for the preset's
 * @param poll how its result is awaited, or null
 * @param callback how it calls back with its result, or null
 * @param delete the request that has the medium deleted, or null
 * @param answer a JSONata expression from its result to the score, or null for the preset's
 * @param seconds longest time for a question, or null
 * @param requestsPerMinute most questions in a minute, or null
 * @param retries most repetitions of a request, or null
 * @param maxMegabytes largest file that is sent, or null
 * @param linkMinutes how long a presigned link lives, or null
 * @param abstainOnStatus HTTP statuses that mean that it cannot judge a medium, or null
 * @param usdPerCall price of a question, or null
 * @param usdPerMonth the most that a month may cost, or null
 * @param counts errors that the organisation counted, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoterConfig(
    String name,
    String preset,
    String provider,
    String category,
    List<Track> tracks,
    String address,
    String secret,
    JsonNode requests,
    JsonNode poll,
    JsonNode callback,
    JsonNode delete,
    String answer,
    Integer seconds,
    Integer requestsPerMinute,
    Integer retries,
    Integer maxMegabytes,
    Integer linkMinutes,
    List<Integer> abstainOnStatus,
    Double usdPerCall,
    Double usdPerMonth,
    JsonNode counts) {

  private static final JsonMapper JSON = new JsonMapper();

  public VoterConfig {
    tracks = tracks == null ? List.of() : List.copyOf(tracks);
  }

  /** Whether it calls back with its result. */
  public boolean callsBack() {
    return callback != null;
  }

  /** All voters as the function that asks them reads them. */
  public static String json(List<VoterConfig> voters) {
    return write(voters);
  }

  /** All voters as the resolver reads them: an endpoint of a roster. */
  public static String roster(List<VoterConfig> voters) {
    List<Map<String, Object>> detectors =
        voters.stream()
            .map(
                voter ->
                    Map.<String, Object>of(
                        "name",
                        voter.name(),
                        "category",
                        voter.category(),
                        "tracks",
                        voter.tracks()))
            .toList();
    return write(Map.of("name", "partners", "detectors", detectors));
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }
}
