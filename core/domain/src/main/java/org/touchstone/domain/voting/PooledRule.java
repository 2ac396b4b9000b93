package org.touchstone.domain.voting;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.Vote;
import org.touchstone.domain.voting.Annotations.Definitive;
import org.touchstone.domain.voting.MediaEvidence.Ordered;
import org.touchstone.domain.voting.PooledPolicy.Detector;
import org.touchstone.domain.voting.TrackPool.Voice;

/** The rule {@code pooled}, as {@link PooledPolicy} describes it. */
final class PooledRule implements MediaRule {
  private final PooledPolicy policy;

  PooledRule(PooledPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Judgement judge(MediaEvidence evidence) {
    Modality own = evidence.media().modality();
    List<Ordered> reports = evidence.ordered();
    Map<Modality, TrackPool> pools = pools(own, reports);
    Optional<Definitive> definitive = evidence.annotations().definitive(own);
    Map<Modality, TrackPool> counted = counted(own, pools);
    Standing standing =
        definitive.map(d -> new Standing(d.level(), null)).orElseGet(() -> worst(counted));
    Set<ReasonCode> reasons =
        definitive
            .map(d -> EnumSet.of(d.reason()))
            .orElseGet(() -> reasons(evidence, counted, standing.level()));
    String mediaId = evidence.media().id();
    return new Judgement(
        mediaId,
        standing,
        reasons.stream().map(ReasonCode::reason).toList(),
        reports.stream().map(r -> vote(mediaId, r, pools.get(r.track()))).toList(),
        definitive.isPresent() || isSettled(evidence, standing.level()));
  }

  private Map<Modality, TrackPool> pools(Modality own, List<Ordered> reports) {
    Map<Modality, TrackPool> pools = new EnumMap<>(Modality.class);
    for (Modality track : Modality.values()) {
      List<Ordered> onTrack = reports.stream().filter(r -> r.track() == track).toList();
      if (track == own || !onTrack.isEmpty()) {
        pools.put(track, TrackPool.of(policy, onTrack));
      }
    }
    return pools;
  }

  private static Map<Modality, TrackPool> counted(Modality own, Map<Modality, TrackPool> pools) {
    Map<Modality, TrackPool> counted = new EnumMap<>(pools);
    counted.values().removeIf(pool -> pool != pools.get(own) && saysNothing(pool));
    return counted;
  }

  private static Standing worst(Map<Modality, TrackPool> counted) {
    return Standing.worst(counted.values().stream().map(TrackPool::standing).toList());
  }

  /**
   * True if no relevant detector is pending, or if the level is high and would stay high with the
   * lowest scores of all pending ones.
   */
  private boolean isSettled(MediaEvidence evidence, Level level) {
    Set<String> counting = new TreeSet<>(evidence.pending());
    counting.retainAll(policy.detectors().keySet());
    if (counting.isEmpty()) {
      return true;
    }
    if (level != Level.HIGH) {
      return false;
    }
    Modality own = evidence.media().modality();
    MediaEvidence against = evidence.with(speakingAgainst(counting, evidence.media().tracks()));
    return worst(counted(own, pools(own, against.ordered()))).level() == Level.HIGH;
  }

  /**
   * The lowest possible score of each detector. Detectors whose lowest score still means high are
   * left out.
   */
  private List<TrackReport> speakingAgainst(Set<String> detectors, List<Modality> tracks) {
    List<TrackReport> reports = new ArrayList<>();
    for (String name : detectors) {
      if (policy.probability(policy.detectors().get(name), 0) < policy.levels().highFrom()) {
        DetectorReport lowest =
            DetectorReport.scored(name, null, null, 0, Evidence.NONE, ReportTimings.ZERO);
        tracks.forEach(track -> reports.add(new TrackReport(track, lowest)));
      }
    }
    return reports;
  }

  /** Whether the track is neither judged nor suspicious. */
  private static boolean saysNothing(TrackPool pool) {
    return pool.standing().level() == Level.INSUFFICIENT_EVIDENCE && !pool.suspicious();
  }

  private static EnumSet<ReasonCode> reasons(
      MediaEvidence evidence, Map<Modality, TrackPool> counted, Level level) {
    EnumSet<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
    for (TrackPool pool : counted.values()) {
      if (pool.standing().level() == level && pool.reason() != null) {
        reasons.add(pool.reason());
      }
    }
    if (evidence.media().modality() == Modality.VIDEO) {
      TrackPool picture = counted.get(Modality.VIDEO);
      boolean soundJudged = counted.containsKey(Modality.AUDIO);
      if (!soundJudged && evidence.hasSound()) {
        reasons.add(ReasonCode.SOUND_NOT_JUDGED);
      }
      if (soundJudged && reasons.remove(ReasonCode.NO_EVIDENCE)) {
        reasons.add(ReasonCode.PICTURE_NOT_JUDGED);
      }
      if (picture.standing().level() != level) {
        reasons.add(ReasonCode.SOUND_DECIDES);
      }
    }
    return reasons;
  }

  private Vote vote(String mediaId, Ordered source, TrackPool pool) {
    DetectorReport report = source.report();
    Detector entry = policy.detectors().get(report.detector());
    Voice voice = pool.pooled().stream().filter(v -> v.source() == source).findFirst().orElse(null);
    double share = 0;
    Double probability = null;
    Side side = Side.NONE;
    String why;
    if (report.status() != ReportStatus.SCORED) {
      why = Why.noScore(report);
    } else if (source.repeated()) {
      why = Why.REPEATED;
    } else if (entry == null) {
      why = Why.NOT_IN_POLICY;
    } else {
      probability = policy.probability(entry, report.score());
      why = why(entry, probability);
      if (voice == null) {
        why += " This detector can only raise suspicion; here it does not change the result.";
      } else {
        share = voice.weight() / pool.totalWeight();
        side = side(probability);
      }
    }
    return new Vote(
        mediaId, report.detector(), source.track(), share, report.score(), probability, side, why);
  }

  private Side side(double probability) {
    double prior = policy.prior().probability();
    if (probability == prior) {
      return Side.NONE;
    }
    return probability > prior ? Side.MANIPULATED : Side.AUTHENTIC;
  }

  private static String why(Detector entry, double probability) {
    String basis =
        entry.calibration() != null
            ? "Calibrated on " + entry.calibratedOn() + ": its score stands for "
            : "Not calibrated on data: its score is taken as ";
    String shared =
        entry.group() != null ? " It shares one weight with its group, " + entry.group() + "." : "";
    return basis + Why.number(probability) + "." + shared;
  }
}
