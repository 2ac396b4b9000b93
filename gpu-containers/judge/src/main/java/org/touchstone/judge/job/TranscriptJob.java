package org.touchstone.judge.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.Roster;
import org.touchstone.domain.voting.Judged;
import org.touchstone.judge.LanguageModelJudge;
import org.touchstone.judge.NoOpinionException;
import org.touchstone.judge.Opinion;
import org.touchstone.judge.answer.Answer;
import org.touchstone.judge.answer.Label;
import org.touchstone.judge.chat.Chat;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Question;
import org.touchstone.judge.prompt.Words;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.PartnerLedger.Claim;
import org.touchstone.storage.QuestionTakenException;

/**
 * Judges the transcript that an endpoint has written down in a job that went on to the judge. A
 * question is put once for a medium in an analysis, however often its job is delivered. Whatever
 * the judge's server does, the result is a report.
 */
public final class TranscriptJob {
  private static final Logger LOG = Logger.getLogger(TranscriptJob.class);

  /** Time that a question needs beside the judge's own: storage, connections. */
  private static final Duration BESIDE = Duration.ofSeconds(40);

  private final JudgeSettings settings;
  private final LanguageModelJudge judge;
  private final Chat chat;
  private final PartnerLedger ledger;
  private final AnalysisStore analyses;
  private final InstantSource clock;

  /**
   * @param ledger the judge's
   */
  public TranscriptJob(
      JudgeSettings settings,
      LanguageModelJudge judge,
      Chat chat,
      PartnerLedger ledger,
      AnalysisStore analyses,
      InstantSource clock) {
    this.settings = settings;
    this.judge = judge;
    this.chat = chat;
    this.ledger = ledger;
    this.analyses = analyses;
    this.clock = clock;
  }

  /** Whether the job's analysis lets the judge be asked. */
  boolean isAllowed(Job job) {
    return !settings.thirdParty() || job.options().allowsThirdParties();
  }

  /**
   * Judges what the job's medium says and stores the report. Where nothing is written down, it
   * stores none.
   *
   * @throws QuestionTakenException when another delivery of the job is at work on the question
   */
  void run(Job job) throws QuestionTakenException {
    Instant start = clock.instant();
    Optional<DetectorReport> written = written(job);
    if (written.isEmpty()) {
      LOG.infof("analysis %s: nothing is written down to judge", job.analysisId());
      return;
    }
    DetectorReport report = report(job, written.get());
    analyses.saveReports(
        new JobReports(
            job.analysisId(),
            job.media().id(),
            Roster.JUDGE,
            job.track(),
            List.of(report),
            null,
            start,
            clock.instant()));
  }

  /** The report with the transcript, of whichever endpoint wrote it down. */
  private Optional<DetectorReport> written(Job job) {
    return analyses.reports(job.analysisId()).stream()
        .filter(each -> each.mediaId().equals(job.media().id()) && each.track() == job.track())
        .flatMap(each -> each.reports().stream())
        .filter(Judged::goesOn)
        .findFirst();
  }

  private DetectorReport report(Job job, DetectorReport written) throws QuestionTakenException {
    String transcript = written.evidence().transcript();
    if (transcript == null || Words.in(transcript) < Words.LEAST) {
      return abstained(
          written, Reason.TOO_SHORT, "Fewer than " + Words.LEAST + " words are said.", List.of());
    }
    Claim claim =
        ledger.claim(
            job.analysisId(),
            job.media().id(),
            settings.name(),
            clock.instant(),
            settings.time().plus(BESIDE));
    return switch (claim) {
      case Claim.Answered(DetectorReport report) -> report;
      case Claim.Taken(Instant until) -> throw new QuestionTakenException(until);
      case Claim.Waits waits -> throw new IllegalStateException("no judge calls back");
      case Claim.Held(PartnerLedger.Question held) -> {
        long begin = System.nanoTime();
        DetectorReport report = asked(job, written, held);
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        yield held.answer(report.withTimings(new ReportTimings(0, millis)));
      }
    };
  }

  private DetectorReport asked(Job job, DetectorReport written, PartnerLedger.Question held) {
    Question question = question(job, written);
    Instant at = clock.instant();
    long most = settings.price().usdMicros(judge.most(question));
    if (!ledger.count(
        settings.name(), held.state().id(), most, settings.price().usdMicrosPerMonth(), at)) {
      return abstained(
          written,
          Reason.LIMIT_REACHED,
          "The judge's limit of cost for this month is reached.",
          held.state().sent());
    }
    List<Finding> before = held.state().sent();
    List<Finding> findings = new ArrayList<>(before);
    findings.add(sent(question, at));
    held.keep(Map.of(), findings);
    try {
      Opinion opinion = judge.judge(question);
      settle(held, most, opinion.usage(), at);
      return report(written, opinion, findings);
    } catch (NoOpinionException e) {
      LOG.infof("the judge abstains: %s", e.reason().code());
      settle(held, most, e.usage(), at);
      return abstained(written, e.reason(), e.getMessage(), e.wasSent() ? findings : before);
    } catch (RuntimeException e) {
      // Only the class is logged: a message may quote what was sent or answered.
      LOG.errorf("the judge could not be asked: %s", e.getClass().getName());
      return abstained(
          written,
          EnvironmentFault.behind(e).isPresent() ? Reason.ENVIRONMENT : Reason.ERROR,
          "The question could not be put.",
          findings);
    }
  }

  /**
   * What was counted ahead becomes what it took, where the server says it of every request. Nobody
   * knows what a delivery paid that died before this one.
   */
  private void settle(PartnerLedger.Question held, long most, Usage usage, Instant at) {
    boolean first = held.state().sent().size() <= 1;
    if (first && usage != null && usage.isComplete()) {
      ledger.settle(
          settings.name(), held.state().id(), settings.price().usdMicros(usage) - most, at);
    }
  }

  private Question question(Job job, DetectorReport written) {
    MediaSource source =
        analyses.media(job.analysisId()).stream()
            .flatMap(resolved -> resolved.media().stream())
            .filter(item -> item.id().equals(job.media().id()))
            .findFirst()
            .map(item -> item.source())
            .orElse(job.media().source());
    PostContext context =
        source == null || source.context() == null ? PostContext.NONE : source.context();
    return new Question(
        written.evidence().transcript(),
        written.evidence().speech().language(),
        source == null ? null : source.platform(),
        source == null ? null : source.author(),
        source == null ? null : source.postedAt(),
        context.text());
  }

  private Finding sent(Question question, Instant at) {
    boolean post = question.text() != null || question.author() != null;
    return new Finding(
        settings.name(),
        "sent",
        at.truncatedTo(ChronoUnit.SECONDS)
            + " to "
            + chat.host()
            + ": the transcript ("
            + question.transcript().length()
            + " characters)"
            + (post ? " with the post's text, author and date" : ""));
  }

  private DetectorReport report(DetectorReport written, Opinion opinion, List<Finding> findings) {
    List<Finding> all = new ArrayList<>(written.evidence().findings());
    all.addAll(findings);
    all.add(new Finding(Roster.JUDGE, "model", opinion.model()));
    all.add(new Finding(Roster.JUDGE, "version", judge.version()));
    if (opinion.answers().size() > 1) {
      all.add(new Finding(Roster.JUDGE, "answers", answers(opinion)));
    }
    if (Question.isCut(written.evidence().transcript())) {
      all.add(
          new Finding(
              Roster.JUDGE,
              "judged",
              "the first " + Question.MAX_TRANSCRIPT + " characters of the transcript"));
    }
    opinion.claims().forEach(claim -> all.add(new Finding(Roster.JUDGE, "claim", claim)));
    DetectorReport report =
        opinion.label() == Label.UNKNOWN
            ? DetectorReport.abstained(
                written.detector(),
                version(written),
                written.category(),
                Reason.NOT_APPLICABLE,
                "The judge cannot tell from the words.")
            : DetectorReport.scored(
                written.detector(),
                version(written),
                written.category(),
                opinion.probability(),
                null,
                null);
    return report.withEvidence(
        written.evidence().withFindings(all).withRationale(opinion.rationale()));
  }

  private static String answers(Opinion opinion) {
    StringBuilder text = new StringBuilder();
    for (Answer answer : opinion.answers()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(
              String.format(Locale.ROOT, "%s %.2f", answer.label().code(), answer.probability()));
    }
    return text.toString();
  }

  /** The recogniser's version and the judge's. */
  private String version(DetectorReport written) {
    String whole = written.modelVersion() + "+" + judge.version();
    final int longest = 128;
    return whole.substring(0, Math.min(longest, whole.length()));
  }

  private DetectorReport abstained(
      DetectorReport written, Reason reason, String sentence, List<Finding> findings) {
    List<Finding> all = new ArrayList<>(written.evidence().findings());
    all.addAll(findings);
    all.add(new Finding(Roster.JUDGE, "version", judge.version()));
    return DetectorReport.abstained(
            written.detector(), version(written), written.category(), reason, sentence)
        .withEvidence(written.evidence().withFindings(all));
  }
}
