package org.touchstone.partners.ask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Job;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.partners.voter.Voter;
import org.touchstone.secrets.Secret;
import org.touchstone.secrets.SecretSource;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.PartnerLedger.Claim;
import org.touchstone.storage.ReportCache;

/**
 * Asks voters and reports what they say. A question is put once for a medium in an analysis,
 * however often its job is delivered, and once for the same bytes while its description stays the
 * same. Whatever a voter's server does, the result is a report.
 */
public final class Ballot {
  private static final Logger LOG = Logger.getLogger(Ballot.class);

  /** Time that a question needs beside the voter's own: deletion, storage, connections. */
  private static final Duration BESIDE = Duration.ofSeconds(40);

  private static final Duration RATE_PAUSE = Duration.ofSeconds(2);

  private final PartnerLedger ledger;
  private final ReportCache cache;
  private final SecretSource secrets;
  private final VoterClient client;
  private final InstantSource clock;

  public Ballot(
      PartnerLedger ledger,
      ReportCache cache,
      SecretSource secrets,
      VoterClient client,
      InstantSource clock) {
    this.ledger = ledger;
    this.cache = cache;
    this.secrets = secrets;
    this.client = client;
    this.clock = clock;
  }

  /**
   * A voter's report on a job's medium.
   *
   * @throws QuestionTakenException when another delivery of the job is at work on the question
   */
  public DetectorReport report(Voter voter, Job job, Medium medium) throws QuestionTakenException {
    MediaItem item = job.media();
    Optional<DetectorReport> known =
        job.options().force()
            ? Optional.empty()
            : cache.find(item.sha256(), job.track(), voter.name(), voter.version());
    if (known.isPresent()) {
      return known.get().withReliability(known.get().score() == null ? null : voter.reliability());
    }
    if (item.bytes() > voter.limits().maxBytes()) {
      return abstained(
          voter,
          Reason.UNSUPPORTED,
          "The file is larger than " + voter.limits().maxBytes() + " bytes, and is not sent.");
    }
    Claim claim =
        ledger.claim(
            job.analysisId(),
            item.id(),
            voter.name(),
            clock.instant(),
            voter.limits().time().plus(BESIDE));
    return switch (claim) {
      case Claim.Answered(DetectorReport report) -> report;
      case Claim.Taken(Instant until) -> throw new QuestionTakenException(until);
      case Claim.Held(PartnerLedger.Question question) -> {
        DetectorReport report = question.answer(asked(voter, medium, question));
        if (report.evidence() != null && !report.evidence().findings().isEmpty()) {
          cache.save(item.sha256(), job.track(), report);
        }
        yield report;
      }
    };
  }

  private DetectorReport asked(Voter voter, Medium medium, PartnerLedger.Question question) {
    long start = System.nanoTime();
    Secret secret = voter.secret() == null ? null : secrets.find(voter.secret()).orElse(null);
    RequestBuilder requests = new RequestBuilder(voter, secret, medium);
    Conversation conversation = new Conversation(voter, medium, requests, client, question, clock);
    DetectorReport report;
    List<Finding> said = List.of();
    try {
      Deadline deadline = Deadline.in(voter, voter.limits().time());
      admit(voter, question, deadline);
      Result result = conversation.result(deadline);
      said = result.evidence();
      report =
          DetectorReport.scored(
                  voter.name(), voter.version(), voter.category(), result.score(), null, null)
              .withReliability(voter.reliability());
    } catch (AbstentionException e) {
      LOG.infof("voter %s abstains: %s", voter.name(), e.reason().code());
      report = abstained(voter, e.reason(), e.getMessage());
    } catch (RuntimeException e) {
      report = faulty(voter, e);
    }
    conversation.delete();
    List<Finding> findings = new ArrayList<>(conversation.sent());
    findings.addAll(said);
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    return report
        .withEvidence(findings.isEmpty() ? null : Evidence.of(findings))
        .withTimings(new ReportTimings(0, millis));
  }

  /** Only the class is logged: a message may quote what was sent or answered. */
  private static DetectorReport faulty(Voter voter, RuntimeException e) {
    boolean environment = EnvironmentFault.behind(e).isPresent();
    LOG.errorf("voter %s could not be asked: %s", voter.name(), e.getClass().getName());
    return abstained(
        voter, environment ? Reason.ENVIRONMENT : Reason.ERROR, "The question could not be put.");
  }

  private void admit(Voter voter, PartnerLedger.Question question, Deadline deadline)
      throws AbstentionException {
    if (voter.price() != null
        && !ledger.count(
            voter.name(),
            question.state().id(),
            voter.price().usdMicros(),
            voter.price().usdMicrosPerMonth(),
            clock.instant())) {
      throw new AbstentionException(
          Reason.LIMIT_REACHED, voter.provider() + "'s limit of cost for this month is reached.");
    }
    Integer perMinute = voter.limits().perMinute();
    while (perMinute != null && !ledger.admit(voter.name(), perMinute, clock.instant())) {
      if (RATE_PAUSE.compareTo(deadline.left()) >= 0) {
        throw new AbstentionException(
            Reason.LIMIT_REACHED,
            voter.provider() + "'s limit of questions in a minute is reached.");
      }
      deadline.pause(RATE_PAUSE);
    }
  }

  private static DetectorReport abstained(Voter voter, Reason reason, String sentence) {
    return DetectorReport.abstained(
        voter.name(), voter.version(), voter.category(), reason, sentence);
  }
}
