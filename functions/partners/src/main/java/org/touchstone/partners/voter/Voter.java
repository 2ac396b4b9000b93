package org.touchstone.partners.voter;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Roster;
import org.touchstone.partners.expression.Expression;

/**
 * A voter of another organisation: an HTTP service that gives media a score.
 *
 * @param name the detector's name in reports
 * @param provider whose service it is; voters of one provider are one family
 * @param category what kind of evidence it looks for
 * @param tracks the kinds of media that it is asked about
 * @param version digest of what its answers depend on
 * @param address the start of its addresses, without a slash at the end
 * @param secret name of its secret; null without one
 * @param requests the requests that put the question, in order
 * @param poll how its result is asked for; null when it comes otherwise
 * @param callback how it calls back with its result; null when it does not. Without this and
 *     without {@code poll}, the last request's answer is the result
 * @param deletion the request that has the medium deleted; null when its API has none
 * @param answer from the result to an object with {@code score}, {@code abstain} and {@code
 *     evidence}
 * @param limits its limits
 * @param price what a question costs; null when it is not known
 * @param counts errors that the organisation counted; null when it counted none
 */
public record Voter(
    String name,
    String provider,
    Category category,
    Set<Modality> tracks,
    String version,
    String address,
    String secret,
    List<Step> requests,
    Poll poll,
    Callback callback,
    Step deletion,
    Expression answer,
    Limits limits,
    Price price,
    Reliability.Counts counts) {

  public Voter {
    tracks = Set.copyOf(tracks);
    requests = List.copyOf(requests);
  }

  /**
   * How a result is awaited.
   *
   * @param request asks for it
   * @param every pause before each request
   * @param until whether an answer is the result
   */
  public record Poll(Step request, Duration every, Expression until) {}

  /**
   * How a voter calls back. Its address holds a token that only the voter was told; more proof is
   * optional.
   *
   * @param header the header that proves where a callback is from; null when the token is enough
   * @param secret the placeholder of the secret that both sides know; null without a header
   * @param hmac whether the header is the HMAC-SHA256 of the body under that secret, and not the
   *     secret itself
   */
  public record Callback(String header, String secret, boolean hmac) {}

  /**
   * Limits of a question.
   *
   * @param time longest time from the first request to the result
   * @param perMinute most questions in a minute, over all machines; null for no limit
   * @param retries most repetitions of a request that was refused for the moment
   * @param maxBytes largest file that it is asked about
   * @param linkLifetime how long a presigned link lives
   * @param abstainingStatuses HTTP statuses that mean that it cannot judge this medium
   */
  public record Limits(
      Duration time,
      Integer perMinute,
      int retries,
      long maxBytes,
      Duration linkLifetime,
      Set<Integer> abstainingStatuses) {}

  /**
   * The price of a question.
   *
   * @param usdMicros millionths of a US dollar
   * @param usdMicrosPerMonth the most that a month may cost; null for no limit
   */
  public record Price(long usdMicros, Long usdMicrosPerMonth) {}

  /** The detector as rosters name it. */
  public Roster.Detector detector() {
    return new Roster.Detector(name, category, tracks, version);
  }

  /** How far its scores can be trusted. */
  public Reliability reliability() {
    return new Reliability(provider, null, null, counts, Reliability.Combination.SINGLE, 1, null);
  }
}
