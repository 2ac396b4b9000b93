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
import org.touchstone.storage.CallbackAnswer;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.PartnerLedger.Claim;
import org.touchstone.storage.PartnerQuestion.Awaited;
import org.touchstone.storage.QuestionTakenException;
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

  /** Longest time for the requests of a question, whose result may come much later. */
  private static final Duration MAX_REQUESTS = Duration.ofSeconds(240);

  /** What a callback that came in time may take to be stored. */
  private static final Duration CALLBACK_GRACE = Duration.ofSeconds(5);

  private final PartnerLedger ledger;
  private final ReportCache cache;
  private final SecretSource secrets;
  private final VoterClient client;
  private final Callbacks callbacks;
  private final InstantSource clock;

  public Ballot(
      PartnerLedger ledger,
      ReportCache cache,
      SecretSource secrets,
      VoterClient client,
      Callbacks callbacks,
      InstantSource clock) {
    this.ledger = ledger;
    this.cache = cache;
    this.secrets = secrets;
    this.client = client;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  /**
   * A voter's report on a job's medium, or the wait for it.
   *
   * @throws QuestionTakenException when another delivery of the job is at work on the question
   */
  public Response ask(Voter voter, Job job, Medium medium) throws QuestionTakenException {
    MediaItem item = job.media();
    Optional<DetectorReport> known =
        job.options().force()
            ? Optional.empty()
            : cache.find(item.sha256(), job.track(), voter.name(), voter.version());
    if (known.isPresent()) {
      return new Response.Given(
          known.get().withReliability(known.get().score() == null ? null : voter.reliability()));
    }
    if (item.bytes() > voter.limits().maxBytes()) {
      return new Response.Given(
          abstained(
              voter,
              Reason.UNSUPPORTED,
              "The file is larger than " + voter.limits().maxBytes() + " bytes, and is not sent."));
    }
    Claim claim =
        ledger.claim(
            job.analysisId(),
            item.id(),
            voter.name(),
            clock.instant(),
            requestTime(voter).plus(BESIDE));
    return switch (claim) {
      case Claim.Answered(DetectorReport report) -> new Response.Given(report);
      case Claim.Taken(Instant until) -> throw new QuestionTakenException(until);
      case Claim.Waits(PartnerLedger.Question question) ->
          collect(new Turn(voter, job, medium, question));
      case Claim.Held(PartnerLedger.Question question) ->
          put(new Turn(voter, job, medium, question));
    };
  }

  private static Duration requestTime(Voter voter) {
    Duration time = voter.limits().time();
    return voter.callback() != null && time.compareTo(MAX_REQUESTS) > 0 ? MAX_REQUESTS : time;
  }

  /** One delivery's work on a question. */
  private final class Turn {
    private final Voter voter;
    private final Job job;
    private final PartnerLedger.Question question;
    private final Secret secret;
    private final RequestBuilder requests;
    private final Conversation conversation;

    Turn(Voter voter, Job job, Medium medium, PartnerLedger.Question question) {
      this.voter = voter;
      this.job = job;
      this.question = question;
      secret = voter.secret() == null ? null : secrets.find(voter.secret()).orElse(null);
      requests = new RequestBuilder(voter, secret, medium);
      conversation = new Conversation(voter, medium, requests, client, question, clock);
    }

    /** Makes the address that the voter is to call back, and records that it was told. */
    void expectCallback() {
      Instant until = clock.instant().plus(voter.limits().time());
      Callbacks.Address address = callbacks.open(voter, job, until);
      question.expect(address.sha256(), until);
      requests.callBack(address.url());
    }

    DetectorReport scored(Result result) {
      return DetectorReport.scored(
              voter.name(), voter.version(), voter.category(), result.score(), null, null)
          .withReliability(voter.reliability());
    }

    /** Ends the question: has the medium deleted, and records the report. */
    Response end(DetectorReport report, List<Finding> said, Duration took) {
      conversation.delete();
      List<Finding> findings = new ArrayList<>(conversation.sent());
      findings.addAll(said);
      DetectorReport whole =
          question.answer(
              report
                  .withEvidence(findings.isEmpty() ? null : Evidence.of(findings))
                  .withTimings(new ReportTimings(0, took.toMillis())));
      if (whole.evidence() != null && !whole.evidence().findings().isEmpty()) {
        cache.save(job.media().sha256(), job.track(), whole);
      }
      QuestionLog.ended(voter, whole, took);
      return new Response.Given(whole);
    }
  }

  private Response put(Turn turn) {
    Awaited earlier = turn.question.state().awaited();
    if (earlier != null && callbacks.answer(earlier.callback()).isPresent()) {
      // Whoever put it died before recording so, but the voter understood.
      return collect(turn);
    }
    Voter voter = turn.voter;
    long start = System.nanoTime();
    DetectorReport report;
    List<Finding> said = List.of();
    try {
      Deadline deadline = Deadline.in(voter, requestTime(voter));
      admit(voter, turn.question, deadline);
      if (voter.callback() != null) {
        turn.expectCallback();
      }
      Optional<Result> result = turn.conversation.result(deadline);
      if (result.isEmpty()) {
        turn.question.release(turn.conversation.kept(), turn.conversation.sent(), clock.instant());
        return new Response.Awaited(turn.question.state().awaited().until());
      }
      said = result.get().evidence();
      report = turn.scored(result.get());
    } catch (AbstentionException e) {
      report = abstained(voter, e.reason(), e.getMessage());
    } catch (RuntimeException e) {
      report = faulty(voter, e);
    }
    return turn.end(report, said, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Reads the callback of a question, if it has come or is too late. */
  private Response collect(Turn turn) {
    Voter voter = turn.voter;
    Awaited awaited = turn.question.state().awaited();
    Optional<CallbackAnswer> answer = callbacks.answer(awaited.callback());
    Instant now = clock.instant();
    if (answer.isEmpty() && now.isBefore(awaited.until().plus(CALLBACK_GRACE))) {
      return new Response.Awaited(awaited.until());
    }
    DetectorReport report;
    List<Finding> said = List.of();
    try {
      if (answer.isEmpty()) {
        throw Deadline.in(voter, Duration.ZERO).tooLate();
      }
      Result result = turn.conversation.calledBack(answer.get(), turn.secret);
      said = result.evidence();
      report = turn.scored(result);
    } catch (AbstentionException e) {
      report = abstained(voter, e.reason(), e.getMessage());
    } catch (RuntimeException e) {
      report = faulty(voter, e);
    }
    Duration took = Duration.between(awaited.until().minus(voter.limits().time()), now);
    return turn.end(report, said, took.isNegative() ? Duration.ZERO : took);
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
