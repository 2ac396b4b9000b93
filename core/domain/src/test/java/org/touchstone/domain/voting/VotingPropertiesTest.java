package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.Verdict;

/** Properties of all rules for any reports that carry no reliability. */
class VotingPropertiesTest {
  /** Calibrated, grouped and one-sided detectors, with a prior off the middle. */
  private static final VotingPolicy MIXED = VotingPolicy.read(Fixtures.resource("mixed.json"));

  private static final List<VotingPolicy> POOLED = List.of(Fixtures.pooled(), MIXED);
  private static final List<VotingPolicy> ALL =
      List.of(
          VotingPolicy.bundled(), Fixtures.pooled(), MIXED, Fixtures.votes(), Fixtures.original());

  private static final List<String> DETECTORS =
      List.of(
          "metadata",
          "genconvit",
          "ftcn",
          "styleflow",
          "ufd",
          "distil-dire",
          "transcript",
          "sensity-image",
          "hive-audio",
          "dftotal",
          "unheard-of");

  /** A place in the evidence. */
  record Spot(int medium, int report) {}

  @Property
  void abstainingOrFailingDetectorChangesNothing(
      @ForAll("media") List<MediaEvidence> media,
      @ForAll("silence") TrackReport silence,
      @ForAll("policies") VotingPolicy policy,
      @ForAll Random random) {
    List<MediaEvidence> more = new ArrayList<>(media);
    more.replaceAll(e -> random.nextBoolean() ? Fixtures.plus(e, silence) : e);

    Verdict before = policy.vote(media);
    Verdict after = policy.vote(more);

    assertThat(after.level()).isEqualTo(before.level());
    assertThat(after.confidence()).isEqualTo(before.confidence());
  }

  @Property
  void higherScoreNeverLowersLevelOrConfidence(
      @ForAll("media") List<MediaEvidence> media,
      @ForAll("policies") VotingPolicy policy,
      @ForAll("scores") double score,
      @ForAll Random random) {
    List<MediaEvidence> raised = raise(media, score, random);

    Verdict before = policy.vote(media);
    Verdict after = policy.vote(raised);

    assertThat(after.level()).isGreaterThanOrEqualTo(before.level());
    if (before.confidence() != null) {
      assertThat(after.confidence()).isGreaterThanOrEqualTo(before.confidence());
    }
  }

  @Property
  void orderOfReportsNeverMatters(
      @ForAll("media") List<MediaEvidence> media,
      @ForAll("policies") VotingPolicy policy,
      @ForAll Random random) {
    List<MediaEvidence> shuffled =
        media.stream()
            .map(
                e -> {
                  List<TrackReport> reports = new ArrayList<>(e.reports());
                  Collections.shuffle(reports, random);
                  return new MediaEvidence(e.media(), reports, e.pending(), e.annotations());
                })
            .toList();

    assertThat(policy.vote(shuffled)).isEqualTo(policy.vote(media));
  }

  @Property
  void orderOfMediaNeverMatters(
      @ForAll("media") List<MediaEvidence> media,
      @ForAll("policies") VotingPolicy policy,
      @ForAll Random random) {
    List<MediaEvidence> shuffled = new ArrayList<>(media);
    Collections.shuffle(shuffled, random);

    Verdict before = policy.vote(media);
    Verdict after = policy.vote(shuffled);

    assertThat(after.level()).isEqualTo(before.level());
    assertThat(after.confidence()).isEqualTo(before.confidence());
    assertThat(after.reasons()).containsExactlyInAnyOrderElementsOf(before.reasons());
  }

  @Property
  void confidenceIsProbabilityAndEveryReportIsListed(
      @ForAll("media") List<MediaEvidence> media, @ForAll("policies") VotingPolicy policy) {
    Verdict verdict = policy.vote(media);

    if (verdict.confidence() != null) {
      assertThat(verdict.confidence()).isBetween(0.0, 1.0);
    }
    assertThat(verdict.votes())
        .hasSize(media.stream().mapToInt(e -> e.reports().size()).sum())
        .allSatisfy(v -> assertThat(v.why()).isNotBlank())
        .allSatisfy(v -> assertThat(v.weight()).isNotNegative());
  }

  @Property
  void nothingIsLowWithoutScoreOrPeoplesFinding(
      @ForAll("evidence") MediaEvidence evidence, @ForAll("policies") VotingPolicy policy) {
    boolean scored =
        evidence.reports().stream().anyMatch(r -> r.report().status() == ReportStatus.SCORED);
    boolean found = !evidence.annotations().equals(Annotations.NONE);
    if (!scored && !found) {
      assertThat(policy.vote(List.of(evidence)).level())
          .isEqualTo(Verdict.Level.INSUFFICIENT_EVIDENCE);
    }
  }

  @Property
  void pooledSharesOfTrackNeverReachTheWhole(
      @ForAll("evidence") MediaEvidence evidence, @ForAll("pooled") VotingPolicy policy) {
    Verdict verdict = policy.vote(List.of(evidence));
    for (Modality track : Modality.values()) {
      assertThat(
              verdict.votes().stream()
                  .filter(v -> v.track() == track)
                  .mapToDouble(Verdict.Vote::weight)
                  .sum())
          .isLessThan(1);
    }
  }

  @Property
  void verdictSurvivesItsJson(
      @ForAll("media") List<MediaEvidence> media, @ForAll("policies") VotingPolicy policy) {
    Verdict verdict = policy.vote(media);
    assertThat(Json.read(Json.bytes(verdict), Verdict.class)).isEqualTo(verdict);
  }

  @Property
  void policyReadBackGivesTheSameVerdict(
      @ForAll("media") List<MediaEvidence> media, @ForAll("policies") VotingPolicy policy) {
    VotingPolicy again = VotingPolicy.read(policy.json());
    assertThat(again).isEqualTo(policy);
    assertThat(again.vote(media)).isEqualTo(policy.vote(media));
  }

  private static List<MediaEvidence> raise(List<MediaEvidence> media, double score, Random random) {
    List<Spot> spots = new ArrayList<>();
    for (int m = 0; m < media.size(); m++) {
      List<TrackReport> reports = media.get(m).reports();
      for (int r = 0; r < reports.size(); r++) {
        DetectorReport report = reports.get(r).report();
        if (report.status() == ReportStatus.SCORED && report.score() <= score) {
          spots.add(new Spot(m, r));
        }
      }
    }
    if (spots.isEmpty()) {
      return media;
    }
    Spot spot = spots.get(random.nextInt(spots.size()));
    List<MediaEvidence> raised = new ArrayList<>(media);
    MediaEvidence old = media.get(spot.medium());
    List<TrackReport> reports = new ArrayList<>(old.reports());
    TrackReport report = reports.get(spot.report());
    reports.set(spot.report(), Fixtures.scored(report.track(), report.report().detector(), score));
    raised.set(
        spot.medium(), new MediaEvidence(old.media(), reports, old.pending(), old.annotations()));
    return raised;
  }

  @Provide
  Arbitrary<VotingPolicy> policies() {
    return Arbitraries.of(ALL);
  }

  @Provide
  Arbitrary<VotingPolicy> pooled() {
    return Arbitraries.of(POOLED);
  }

  @Provide
  Arbitrary<Double> scores() {
    return Arbitraries.oneOf(
        Arbitraries.of(0.0, 0.1, 0.33, 0.5, 0.9, 0.99, 1.0), Arbitraries.doubles().between(0, 1));
  }

  @Provide
  Arbitrary<List<MediaEvidence>> media() {
    return evidence().list().ofMinSize(0).ofMaxSize(4);
  }

  @Provide
  Arbitrary<MediaEvidence> evidence() {
    Arbitrary<MediaItem> items =
        Combinators.combine(Arbitraries.of(Modality.class), Arbitraries.of("a", "b", "c"))
            .as((modality, id) -> Fixtures.item(id, modality));
    return Combinators.combine(items, reports(), annotations())
        .as((item, found, known) -> new MediaEvidence(item, found, Set.of(), known));
  }

  private Arbitrary<List<TrackReport>> reports() {
    Arbitrary<TrackReport> scored =
        Combinators.combine(Arbitraries.of(Modality.class), detectors(), scores())
            .as(Fixtures::scored);
    return Arbitraries.frequencyOf(Tuple.of(4, scored), Tuple.of(1, silence())).list().ofMaxSize(8);
  }

  private Arbitrary<String> detectors() {
    return Arbitraries.of(DETECTORS);
  }

  /** Abstentions that say nothing about faces: those are reasons for doubt under some policies. */
  @Provide
  Arbitrary<TrackReport> silence() {
    Arbitrary<Modality> tracks = Arbitraries.of(Modality.class);
    return Arbitraries.oneOf(
        Combinators.combine(
                tracks,
                detectors(),
                Arbitraries.of(Reason.class).filter(reason -> reason != Reason.NO_FACE))
            .as(Fixtures::abstained),
        Combinators.combine(tracks, detectors()).as(Fixtures::failed));
  }

  private Arbitrary<Annotations> annotations() {
    Arbitrary<Annotations> any =
        Combinators.combine(
                Arbitraries.of(GroundTruth.class),
                Arbitraries.of(GroundTruth.class),
                Arbitraries.of(true, false))
            .as(Annotations::new);
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.just(Annotations.NONE)), Tuple.of(1, any));
  }
}
