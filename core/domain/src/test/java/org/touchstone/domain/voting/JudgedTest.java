package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.domain.Category.SEMANTIC;
import static org.touchstone.domain.Category.VOICE;
import static org.touchstone.domain.Modality.AUDIO;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;

/** Reports of jobs that went on to the judge, and what the judge is worth in the vote. */
class JudgedTest {
  private static final MediaItem ITEM = MediaItem.of(AUDIO, "a".repeat(64), "audio/mpeg", 1);
  private static final Job JOB =
      new Job(null, "analysis", "audio", "queue", AUDIO, ITEM, JobOptions.DEFAULT, true)
          .withNext(new Job.Next(Roster.JUDGE, "judge-queue"));

  private static final DetectorReport WRITTEN =
      DetectorReport.abstained("transcript", "w", SEMANTIC, Reason.NOT_CONFIGURED, "Written.")
          .withEvidence(
              Evidence.NONE.withSpeech(
                  new Evidence.Speech("en", "whisper", List.of(new Passage(0, 1, "hi", false)))));

  private static JobReports by(String endpoint, DetectorReport... reports) {
    return new JobReports(
        "analysis", ITEM.id(), endpoint, AUDIO, List.of(reports), null, null, null);
  }

  private static DetectorReport voice(double score) {
    return DetectorReport.scored("voice", "1", VOICE, score, null, null);
  }

  private static DetectorReport judged(double score) {
    return DetectorReport.scored("transcript", "j", SEMANTIC, score, null, null);
  }

  private static Verdict vote(JobReports... reports) {
    return VotingPolicy.bundled().vote(evidence(reports).media());
  }

  private static AnalysisEvidence evidence(JobReports... reports) {
    ResolvedMedia resolved = new ResolvedMedia(List.of(ITEM), List.of(JOB), Instant.EPOCH);
    return new AnalysisEvidence(resolved, List.of(reports));
  }

  @Test
  void judgesReportTakesThePlaceOfTheEndpoints() {
    List<JobReports> all =
        Judged.replaced(
            List.of(JOB), List.of(by("audio", voice(.1), WRITTEN), by("judge", judged(.9))));

    assertThat(all).hasSize(1);
    assertThat(all.getFirst().endpoint()).isEqualTo("audio");
    assertThat(all.getFirst().reports()).containsExactly(voice(.1), judged(.9));
  }

  @Test
  void lostJudgeLeavesTheTranscriptAndSaysSo() {
    DetectorReport left =
        Judged.replaced(List.of(JOB), List.of(by("audio", WRITTEN)))
            .getFirst()
            .reports()
            .getFirst();

    assertThat(left.reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(left.evidence().transcript()).isEqualTo("hi");
  }

  @Test
  void verdictIsNotSettledWhileTheJudgeIsAtWork() {
    AnalysisEvidence asked = evidence(by("audio", voice(.6), WRITTEN));
    AnalysisEvidence answered = evidence(by("audio", voice(.6), WRITTEN), by("judge", judged(.6)));

    assertThat(asked.pending()).isEmpty();
    assertThat(asked.underWay())
        .singleElement()
        .satisfies(
            pending -> {
              assertThat(pending.job().endpoint()).isEqualTo(Roster.JUDGE);
              assertThat(pending.detectors())
                  .extracting(Roster.Detector::name)
                  .containsExactly("transcript");
            });
    assertThat(VotingPolicy.bundled().preview(asked.mediaSoFar()).settled()).isFalse();
    assertThat(answered.underWay()).isEmpty();
    assertThat(VotingPolicy.bundled().preview(answered.mediaSoFar()).settled()).isTrue();
  }

  @Test
  void otherAbstentionsAndJobsWithoutAJudgeStayAsTheyAre() {
    DetectorReport silent =
        DetectorReport.abstained("transcript", "w", SEMANTIC, Reason.NO_SPEECH, null);

    assertThat(Judged.replaced(List.of(JOB), List.of(by("audio", silent))))
        .containsExactly(by("audio", silent));
    assertThat(Judged.replaced(List.of(JOB.withNext(null)), List.of(by("audio", WRITTEN))))
        .containsExactly(by("audio", WRITTEN));
  }

  @Test
  void judgeAloneIsUncertainAtMost() {
    assertThat(vote(by("audio", WRITTEN), by("judge", judged(1))).level())
        .isEqualTo(Level.UNCERTAIN);
    assertThat(vote(by("audio", WRITTEN), by("judge", judged(.6))).level())
        .isEqualTo(Level.INSUFFICIENT_EVIDENCE);
  }

  /** Two detectors of 0.6 are uncertain together; a judge of 0.6 is none of two. */
  @Test
  void judgeIsNoneOfTwoThatAgree() {
    DetectorReport other = DetectorReport.scored("other", "1", VOICE, .6, null, null);

    assertThat(vote(by("audio", voice(.6), other)).level()).isEqualTo(Level.UNCERTAIN);
    assertThat(vote(by("audio", voice(.6), WRITTEN), by("judge", judged(.6))).level())
        .isEqualTo(Level.INSUFFICIENT_EVIDENCE);
  }

  @Test
  void judgeNeverLowers() {
    Verdict without = vote(by("audio", voice(.9), WRITTEN));
    Verdict with = vote(by("audio", voice(.9), WRITTEN), by("judge", judged(0)));

    assertThat(with.level()).isEqualTo(without.level()).isEqualTo(Level.UNCERTAIN);
    assertThat(with.confidence()).isEqualTo(without.confidence());
  }

  @Test
  void voteSaysThatTheJudgeStandsApart() {
    Verdict verdict = vote(by("audio", WRITTEN), by("judge", judged(1)));

    assertThat(verdict.votes())
        .filteredOn(vote -> vote.detector().equals("transcript"))
        .singleElement()
        .satisfies(vote -> assertThat(vote.why()).contains("stands apart"));
    assertThat(verdict.reasons())
        .extracting(Verdict.VerdictReason::code)
        .contains("errors-not-counted")
        .doesNotContain("detectors-disagree");
  }
}
