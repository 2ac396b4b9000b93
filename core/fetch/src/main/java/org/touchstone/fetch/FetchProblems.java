package org.touchstone.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** Maps the failures of a fetch to problem types. */
final class FetchProblems {
  private static final long MAX_RETRY_AFTER_SECONDS = 24 * 3600;

  private FetchProblems() {}

  /** The problem type for a failure to connect or to get a response. */
  static ProblemType ofConnection(IOException e) {
    return switch (e) {
      case InterruptedIOException slow -> ProblemType.FETCH_TIMEOUT;
      case SSLException untrusted -> ProblemType.FETCH_TLS;
      case UnknownHostException unknown -> ProblemType.FETCH_UNREACHABLE;
      case ConnectException refused -> ProblemType.FETCH_UNREACHABLE;
      case NoRouteToHostException noRoute -> ProblemType.FETCH_UNREACHABLE;
      default -> ProblemType.FETCH_FAILED;
    };
  }

  /** The problem type for a failure to read a body. */
  static ProblemType ofTransfer(IOException e) {
    return e instanceof InterruptedIOException
        ? ProblemType.FETCH_TIMEOUT
        : ProblemType.FETCH_FAILED;
  }

  /**
   * The problem for a failure: a fault of this machine when it cannot open another socket, else of
   * the given type. Only the system's own messages are looked at, never those with a server's
   * words.
   */
  static ProblemException of(ProblemType type, IOException failure) {
    Optional<EnvironmentFault> fault =
        failure instanceof SocketException ? EnvironmentFault.behind(failure) : Optional.empty();
    return fault
        .<ProblemException>map(found -> found)
        .orElseGet(() -> new ProblemException(Problem.of(type), failure));
  }

  /** The problem for a response that is neither a success nor a redirect. */
  static ProblemException of(HttpResponse response) {
    ProblemType type =
        switch (response.getCode()) {
          case 404, 410 -> ProblemType.FETCH_NOT_FOUND;
          case 401, 402, 403, 407, 429, 451 -> ProblemType.FETCH_REFUSED;
          case 408, 504 -> ProblemType.FETCH_TIMEOUT;
          default -> ProblemType.FETCH_FAILED;
        };
    return new ProblemException(new Problem(type, null, retryAfterSeconds(response)));
  }

  private static Integer retryAfterSeconds(HttpResponse response) {
    Header header = response.getFirstHeader("Retry-After");
    if (header == null || header.getValue() == null) {
      return null;
    }
    String value = header.getValue().strip();
    long seconds;
    if (value.matches("[0-9]{1,9}")) {
      seconds = Long.parseLong(value);
    } else {
      Instant date = DateUtils.parseStandardDate(value);
      if (date == null) {
        return null;
      }
      seconds = Duration.between(Instant.now(), date).toSeconds();
    }
    return (int) Math.clamp(seconds, 0, MAX_RETRY_AFTER_SECONDS);
  }
}
