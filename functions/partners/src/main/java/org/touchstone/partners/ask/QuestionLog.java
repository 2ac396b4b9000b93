package org.touchstone.partners.ask;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.touchstone.domain.DetectorReport;
import org.touchstone.partners.voter.Voter;

/**
 * Writes one line of log per question that ended. Its fields {@code voter}, {@code voterOutcome},
 * {@code voterMillis} and {@code voterUsdMicros} are for queries: metrics of each voter would cost
 * more than many a voter.
 */
final class QuestionLog {
  private static final Logger LOG = Logger.getLogger(QuestionLog.class);
  private static final String SCORED = "scored";

  private QuestionLog() {}

  /**
   * Logs the end of a question.
   *
   * @param took from the first request to the result
   */
  static void ended(Voter voter, DetectorReport report, Duration took) {
    String outcome = report.reason() == null ? SCORED : report.reason().code();
    try {
      MDC.put("voter", voter.name());
      MDC.put("voterOutcome", outcome);
      MDC.put("voterMillis", Long.toString(took.toMillis()));
      MDC.put(
          "voterUsdMicros", Long.toString(voter.price() == null ? 0 : voter.price().usdMicros()));
      LOG.infof("voter %s: %s after %d ms", voter.name(), outcome, took.toMillis());
    } finally {
      MDC.remove("voter");
      MDC.remove("voterOutcome");
      MDC.remove("voterMillis");
      MDC.remove("voterUsdMicros");
    }
  }
}
