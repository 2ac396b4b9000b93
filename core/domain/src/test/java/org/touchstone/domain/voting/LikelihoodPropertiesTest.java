package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Basis;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.Verdict.TrackVerdict;

/** Properties of the rule {@code log-likelihood} for any reports and any reliability. */
class LikelihoodPropertiesTest {
  private static final int TRIES = 250;

  private static final VotingPolicy POLICY = VotingPolicy.bundled();

  /** Reasons that tell of faces or speech that were left out. */
  private static final Set<Reason> TELLING =
      Set.of(
          Reason.FACE_TOO_SMALL,
          Reason.FACE_TURNED,
          Reason.SEVERAL_FACES,
          Reason.VOICE_OVER,
          Reason.UNCLEAR_SPEECH);

  private static final List<Counts> COUNTS =
      List.of(
          Fixtures.counts(10, 1000, 900, 1000),
          Fixtures.counts(6, 600, 400, 600),
          Fixtures.counts(0, 60, 58, 60),
          Fixtures.counts(20, 40, 20, 40));

  @Property(tries = TRIES)
  void abstainingOrFailingDetectorChangesNothing(
      @ForAll("evidence") MediaEvidence evidence, @ForAll("silence") TrackReport silence) {
    assertSame(vote(evidence), vote(Fixtures.plus(evidence, silence)));
  }

  @Property(tries = TRIES)
  void detectorOfItsOwnWithRatioZeroChangesNothing(
      @ForAll("evidence") MediaEvidence evidence,
      @ForAll("counts") Counts counts,
      @ForAll("general") Category category) {
    Modality own = evidence.media().modality();
    Reliability known = new Reliability("its-own", "v", 0.3, counts, Combination.SINGLE, 1, null);
    MediaEvidence more =
        Fixtures.plus(evidence, Fixtures.known(own, category, "its-own", 0.3, known));
    Verdict after = vote(more);

    assertThat(after.votes())
        .filteredOn(vote -> vote.detector().equals("its-own"))
        .singleElement()
        .satisfies(vote -> assertThat(vote.likelihood().ratio()).isZero());
    Verdict before = vote(evidence);
    assertThat(after.level()).isEqualTo(before.level());
    // A track without any counted score has no probability; with one that says nothing, the prior.
    if (before.votes().stream().anyMatch(vote -> vote.track() == own && isCounted(vote))) {
      assertThat(after.confidence()).isEqualTo(before.confidence());
    }
  }

  private static boolean isCounted(Verdict.Vote vote) {
    return vote.weight() > 0
        && (vote.likelihood().basis() == Basis.COUNTED
            || vote.likelihood().basis() == Basis.DOUBTFUL);
  }

  @Property(tries = TRIES)
  void copyOfADetectorChangesNothing(
      @ForAll("evidence") MediaEvidence evidence, @ForAll Random random) {
    List<TrackReport> scored =
        evidence.reports().stream()
            .filter(r -> r.report().status() == ReportStatus.SCORED)
            .filter(r -> !r.report().detector().equals("metadata"))
            .toList();
    if (scored.isEmpty()) {
      return;
    }
    // Its copy has another name, and a family to know it by.
    TrackReport chosen = scored.get(random.nextInt(scored.size()));
    TrackReport original = inFamily(chosen, "copied");
    List<TrackReport> reports = new ArrayList<>(evidence.reports());
    reports.removeIf(
        r ->
            r.track() == chosen.track()
                && r.report().detector().equals(chosen.report().detector()));
    reports.add(original);
    MediaEvidence once = of(evidence, reports);
    MediaEvidence twice = Fixtures.plus(once, named(original, "the-copy"));

    assertSame(vote(once), vote(twice));
  }

  @Property(tries = TRIES)
  void higherScoreNeverLowersTheResult(
      @ForAll("media") List<MediaEvidence> media,
      @ForAll("scores") double score,
      @ForAll Random random) {
    List<MediaEvidence> raised = raised(media, score, random);

    Verdict before = POLICY.vote(media);
    Verdict after = POLICY.vote(raised);

    assertThat(after.level()).isGreaterThanOrEqualTo(before.level());
    for (int i = 0; i < media.size(); i++) {
      Double was = before.perMedia().get(i).confidence();
      Double is = after.perMedia().get(i).confidence();
      assertThat(after.perMedia().get(i).level())
          .isGreaterThanOrEqualTo(before.perMedia().get(i).level());
      if (was != null && is != null) {
        assertThat(is).isGreaterThanOrEqualTo(was);
      }
    }
  }

  @Property(tries = TRIES)
  void orderNeverMatters(@ForAll("media") List<MediaEvidence> media, @ForAll Random random) {
    List<MediaEvidence> shuffled =
        media.stream()
            .map(
                e -> {
                  List<TrackReport> reports = new ArrayList<>(e.reports());
                  Collections.shuffle(reports, random);
                  return of(e, reports);
                })
            .toList();
    assertThat(POLICY.vote(shuffled)).isEqualTo(POLICY.vote(media));

    List<MediaEvidence> reordered = new ArrayList<>(media);
    Collections.shuffle(reordered, random);
    Verdict verdict = POLICY.vote(reordered);
    assertThat(verdict.level()).isEqualTo(POLICY.vote(media).level());
    assertThat(verdict.confidence()).isEqualTo(POLICY.vote(media).confidence());
  }

  /**
   * It raises to uncertain or changes nothing: it is none of two, and lowers no other's evidence.
   */
  @Property(tries = TRIES)
  void judgeOfWordsRaisesToUncertainOrChangesNothing(
      @ForAll("evidence") MediaEvidence any,
      @ForAll("scores") double score,
      @ForAll("counts") Counts counts) {
    // On one track: the confidence is that of the track that gives the level.
    Modality own = any.media().modality();
    MediaEvidence evidence = of(any, on(own, any));
    Verdict before = vote(evidence);
    Verdict after =
        vote(
            Fixtures.plus(
                evidence, Fixtures.known(own, Category.SEMANTIC, "transcript", score, null)));
    boolean raises = score >= 0.67 && before.level().compareTo(Level.UNCERTAIN) < 0;

    if (score >= 0.67 || score <= 0.66) {
      assertThat(after.level()).isEqualTo(raises ? Level.UNCERTAIN : before.level());
    }
    assertThat(after.confidence()).isEqualTo(before.confidence());
    assertThat(after.votes()).containsAll(before.votes());

    Reliability known =
        new Reliability("transcript", "v", 0.3, counts, Combination.SINGLE, 1, null);
    Verdict counted =
        vote(
            Fixtures.plus(
                evidence, Fixtures.known(own, Category.SEMANTIC, "transcript", score, known)));
    assertThat(counted.level()).isIn(before.level(), Level.UNCERTAIN);
    assertThat(counted.level()).isGreaterThanOrEqualTo(before.level());
  }

  @Property(tries = TRIES)
  void uncalibratedDetectorsNeverLowerAndNeverReachHigh(
      @ForAll("evidence") MediaEvidence evidence, @ForAll("scores") double score) {
    Verdict before = vote(evidence);
    Verdict after =
        vote(
            Fixtures.plus(
                evidence, Fixtures.scored(evidence.media().modality(), "its-own", score)));
    assertThat(after.level()).isGreaterThanOrEqualTo(before.level());
    if (before.level() != Level.HIGH) {
      assertThat(after.level()).isNotEqualTo(Level.HIGH);
    }
  }

  /** Of a video: what one track's detectors say is neither raised nor lowered by the other's. */
  @Property(tries = TRIES)
  void tracksOfAVideoAreJudgedApartAndTheWorseOneCounts(
      @ForAll("evidence") MediaEvidence any, @ForAll("evidence") MediaEvidence other) {
    List<TrackReport> picture = on(Modality.VIDEO, any);
    List<TrackReport> sound = on(Modality.AUDIO, other);
    List<TrackReport> both = new ArrayList<>(picture);
    both.addAll(sound);

    MediaVerdict whole = video(both);
    Optional<TrackVerdict> seen = track(whole, Modality.VIDEO);
    Optional<TrackVerdict> heard = track(whole, Modality.AUDIO);

    assertThat(seen).isEqualTo(track(video(picture), Modality.VIDEO));
    assertThat(heard).isEqualTo(track(video(sound), Modality.AUDIO));
    assertThat(whole.level()).isGreaterThanOrEqualTo(seen.orElseThrow().level());
    if (heard.orElseThrow().level() != Level.INSUFFICIENT_EVIDENCE) {
      assertThat(whole.level()).isGreaterThanOrEqualTo(heard.get().level());
    }
    if (whole.decidedBy() != null) {
      assertThat(track(whole, whole.decidedBy()).orElseThrow().level()).isEqualTo(whole.level());
    }
  }

  private static List<TrackReport> on(Modality track, MediaEvidence evidence) {
    return evidence.reports().stream()
        .map(report -> new TrackReport(track, report.report()))
        .toList();
  }

  private static MediaVerdict video(List<TrackReport> reports) {
    return vote(new MediaEvidence(
            Fixtures.videoWithSound("m"), reports, Set.of(), Annotations.NONE))
        .perMedia()
        .getFirst();
  }

  private static Optional<TrackVerdict> track(MediaVerdict verdict, Modality track) {
    return verdict.tracks().stream().filter(each -> each.track() == track).findFirst();
  }

  @Property(tries = TRIES)
  void everyScoreIsStoredWithItsRatioInsideItsClip(@ForAll("evidence") MediaEvidence evidence) {
    Verdict verdict = vote(evidence);
    assertThat(verdict.votes()).hasSize(evidence.reports().size());
    for (Verdict.Vote vote : verdict.votes()) {
      assertThat(vote.why()).isNotBlank();
      if (vote.score() == null) {
        assertThat(vote.likelihood()).isNull();
      } else {
        assertThat(vote.likelihood().ratio())
            .isBetween(vote.likelihood().lower(), vote.likelihood().upper());
      }
    }
    assertThat(Json.read(Json.bytes(verdict), Verdict.class)).isEqualTo(verdict);
  }

  private static Verdict vote(MediaEvidence evidence) {
    return POLICY.vote(List.of(evidence));
  }

  private static void assertSame(Verdict before, Verdict after) {
    assertThat(after.level()).isEqualTo(before.level());
    assertThat(after.confidence()).isEqualTo(before.confidence());
    assertThat(after.reasons()).containsAll(before.reasons());
  }

  private static MediaEvidence of(MediaEvidence evidence, List<TrackReport> reports) {
    return new MediaEvidence(evidence.media(), reports, Set.of(), evidence.annotations());
  }

  private static TrackReport inFamily(TrackReport report, String family) {
    Reliability r = report.report().reliability();
    Reliability known =
        r == null
            ? new Reliability(family, null, null, null, Combination.SINGLE, 1, null)
            : new Reliability(
                family,
                r.calibration(),
                r.fakeShare(),
                r.counts(),
                r.combination(),
                r.looks(),
                r.doubt());
    return new TrackReport(report.track(), named(report, "copied").report().withReliability(known));
  }

  private static TrackReport named(TrackReport report, String name) {
    DetectorReport r = report.report();
    return Fixtures.known(report.track(), r.category(), name, r.score(), r.reliability());
  }

  private static List<MediaEvidence> raised(
      List<MediaEvidence> media, double score, Random random) {
    List<MediaEvidence> raised = new ArrayList<>();
    for (MediaEvidence evidence : media) {
      List<TrackReport> reports = new ArrayList<>(evidence.reports());
      reports.replaceAll(
          r ->
              r.report().status() == ReportStatus.SCORED
                      && r.report().score() <= score
                      && random.nextInt(3) == 0
                  ? Fixtures.known(
                      r.track(),
                      r.report().category(),
                      r.report().detector(),
                      score,
                      r.report().reliability())
                  : r);
      raised.add(of(evidence, reports));
    }
    return raised;
  }

  @Provide
  Arbitrary<Double> scores() {
    return Arbitraries.oneOf(
        Arbitraries.of(0.0, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0), Arbitraries.doubles().between(0, 1));
  }

  @Provide
  Arbitrary<Counts> counts() {
    return Arbitraries.of(COUNTS);
  }

  /** Categories that do not by themselves tell of faces or speech. */
  @Provide
  Arbitrary<Category> general() {
    return Arbitraries.of(Category.GENERATIVE, Category.NOISE, Category.FORENSIC);
  }

  @Provide
  Arbitrary<List<MediaEvidence>> media() {
    return evidence().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<MediaEvidence> evidence() {
    return Combinators.combine(Arbitraries.of(Modality.class), reports().list().ofMaxSize(7))
        .as(
            (modality, reports) ->
                new MediaEvidence(
                    Fixtures.item("m", modality), reports, Set.of(), Annotations.NONE));
  }

  private Arbitrary<TrackReport> reports() {
    Arbitrary<TrackReport> scored =
        Combinators.combine(
                Arbitraries.of(Modality.class),
                Arbitraries.of(Category.class),
                names(),
                scores(),
                reliabilities())
            .as(Fixtures::known);
    return Arbitraries.frequencyOf(Tuple.of(5, scored), Tuple.of(1, silence()));
  }

  private Arbitrary<String> names() {
    return Arbitraries.of("metadata", "ftcn", "styleflow", "ufd", "gend", "a", "b", "c");
  }

  private Arbitrary<Reliability> reliabilities() {
    Arbitrary<Reliability> any =
        Combinators.combine(
                Arbitraries.of("f", "gend", "ufd").injectNull(0.5),
                Arbitraries.of("v").injectNull(0.2),
                Arbitraries.of(0.2, 0.5, 0.9).injectNull(0.2),
                counts().injectNull(0.2),
                Arbitraries.of(Combination.class),
                Arbitraries.integers().between(1, 40),
                Arbitraries.of("It is doubtful.").injectNull(0.8))
            .as(Reliability::new);
    return any.injectNull(0.2);
  }

  /** Abstentions that tell neither of faces nor of speech. */
  @Provide
  Arbitrary<TrackReport> silence() {
    Arbitrary<Modality> tracks = Arbitraries.of(Modality.class);
    return Arbitraries.oneOf(
        Combinators.combine(
                tracks,
                names(),
                Arbitraries.of(Reason.class).filter(reason -> !TELLING.contains(reason)))
            .as(Fixtures::abstained),
        Combinators.combine(tracks, names()).as(Fixtures::failed));
  }
}
