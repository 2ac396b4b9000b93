package org.touchstone.partners.ask;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Reason;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.RetryAfter;
import org.touchstone.partners.voter.Voter;

/**
 * Sends requests to voters through the guarded fetcher. Redirects are not followed: the medium goes
 * where the description says. A request that is refused for the moment is repeated.
 */
public final class VoterClient implements AutoCloseable {
  /** Largest answer. */
  private static final long MAX_ANSWER = 1 << 20;

  private static final int TOO_MANY = 429;
  private static final Set<Integer> FOR_THE_MOMENT = Set.of(TOO_MANY, 502, 503, 504);
  private static final int REDIRECT = 3;
  private static final int CLASS = 100;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Fetcher fetcher;
  private final InstantSource clock;

  /**
   * @param fetcher the only way out; see {@link #policy}
   */
  public VoterClient(Fetcher fetcher, InstantSource clock) {
    this.fetcher = fetcher;
    this.clock = clock;
  }

  /**
   * The limits of requests to voters.
   *
   * @param allowPrivate only for trials on one's own machine: also visits private addresses
   */
  public static FetchPolicy policy(boolean allowPrivate) {
    return FetchPolicy.ofService(allowPrivate, MAX_ANSWER, Duration.ofMinutes(5));
  }

  /**
   * Sends a request, again if it is refused for the moment.
   *
   * @return an answer of any other status
   * @throws AbstentionException when there is none in time
   * @throws NotSentException when nothing was sent at all
   */
  Answer send(Voter voter, FetchRequest request, Deadline deadline)
      throws AbstentionException, NotSentException {
    Duration pause = FIRST_PAUSE;
    for (int left = voter.limits().retries(); ; left--) {
      Answer answer = once(voter, request, deadline);
      if (!FOR_THE_MOMENT.contains(answer.status())) {
        return redirectsNot(voter, answer);
      }
      Duration wait = RetryAfter.read(answer.retryAfter(), clock.instant()).orElse(pause);
      if (left == 0 || wait.compareTo(deadline.left()) >= 0) {
        throw new AbstentionException(
            answer.status() == TOO_MANY ? Reason.LIMIT_REACHED : Reason.ERROR,
            voter.provider() + " refused for the moment, with status " + answer.status() + ".");
      }
      deadline.pause(wait);
      pause = pause.multipliedBy(2);
    }
  }

  private static Answer redirectsNot(Voter voter, Answer answer) throws AbstentionException {
    if (answer.status() / CLASS == REDIRECT) {
      throw new AbstentionException(
          Reason.ERROR, voter.provider() + " redirects to another address, which is not followed.");
    }
    return answer;
  }

  private Answer once(Voter voter, FetchRequest request, Deadline deadline)
      throws AbstentionException, NotSentException {
    try {
      return fetcher.exchange(request, deadline.left(), Answer::read);
    } catch (EnvironmentFault e) {
      throw e;
    } catch (ProblemException e) {
      throw failure(voter, e.problem().type(), deadline);
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be sent", e);
    }
  }

  private static AbstentionException failure(Voter voter, ProblemType type, Deadline deadline)
      throws NotSentException {
    String provider = voter.provider();
    return switch (type) {
      case FETCH_TIMEOUT -> deadline.tooLate();
      case MEDIA_TOO_LARGE ->
          new AbstentionException(
              Reason.ERROR, provider + " answered with more than " + MAX_ANSWER + " bytes.");
      case LINK_BLOCKED, LINK_INVALID, LINK_UNSUPPORTED ->
          throw new NotSentException(provider + "'s address is not one that may be visited.");
      case FETCH_UNREACHABLE, FETCH_TLS ->
          throw new NotSentException(provider + " cannot be reached.");
      default ->
          new AbstentionException(Reason.ERROR, "The connection to " + provider + " failed.");
    };
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
