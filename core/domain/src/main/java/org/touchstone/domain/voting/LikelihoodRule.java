package org.touchstone.domain.voting;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.TrackVerdict;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.voting.Annotations.Definitive;
import org.touchstone.domain.voting.LikelihoodPolicy.Detector;
import org.touchstone.domain.voting.MediaEvidence.Ordered;

/** The rule {@code log-likelihood}, as {@link LikelihoodPolicy} describes it. */
final class LikelihoodRule implements MediaRule {
  private final LikelihoodPolicy policy;
  private final int media;

  /**
   * @param media how many media the verdict is over
   */
  LikelihoodRule(LikelihoodPolicy policy, int media) {
    this.policy = policy;
    this.media = Math.max(1, media);
  }

  @Override
  public Judgement judge(MediaEvidence evidence) {
    Modality own = evidence.media().modality();
    List<Ordered> reports = evidence.ordered();
    Map<Modality, TrackLikelihood> tracks = tracks(own, reports);
    Map<Modality, TrackLikelihood> counted = counted(own, tracks);
    Optional<Definitive> definitive = evidence.annotations().definitive(own);
    Standing voted =
        Standing.worst(counted.values().stream().map(TrackLikelihood::standing).toList());
    Optional<ProvenanceEffect> signed =
        definitive.isPresent()
            ? Optional.empty()
            : ProvenanceEffect.of(policy.provenance(), evidence.provenance(), voted);
    Standing standing =
        definitive
            .map(d -> new Standing(d.level(), null))
            .or(() -> signed.map(ProvenanceEffect::standing))
            .orElse(voted);
    List<VerdictReason> reasons =
        definitive
            .map(d -> List.of(d.reason().reason()))
            .orElseGet(() -> reasons(signed, evidence, counted, voted));
    boolean replaced =
        definitive.isPresent() || signed.filter(each -> each.replaces(voted)).isPresent();
    String mediaId = evidence.media().id();
    return new Judgement(
        mediaId,
        standing,
        reasons,
        reports.stream().map(r -> LikelihoodVotes.vote(mediaId, r, tracks.get(r.track()))).toList(),
        own == Modality.VIDEO ? apart(evidence, tracks) : List.of(),
        replaced ? null : decidedBy(evidence, counted, standing.level()),
        definitive.isPresent()
            || signed.filter(ProvenanceEffect::isFinal).isPresent()
            || isSettled(evidence.pending(), voted.level()));
  }

  /** What credentials say comes first; the vote's reasons stay if its level does. */
  private static List<VerdictReason> reasons(
      Optional<ProvenanceEffect> signed,
      MediaEvidence evidence,
      Map<Modality, TrackLikelihood> counted,
      Standing voted) {
    List<VerdictReason> reasons = new ArrayList<>();
    signed.ifPresent(effect -> reasons.add(effect.reason().reason()));
    if (signed.filter(effect -> effect.replaces(voted)).isEmpty()) {
      reasons.addAll(reasons(evidence, counted, voted.level()));
    }
    return reasons;
  }

  private Map<Modality, TrackLikelihood> tracks(Modality own, List<Ordered> reports) {
    Map<Modality, TrackLikelihood> tracks = new EnumMap<>(Modality.class);
    for (Modality track : Modality.values()) {
      List<Ordered> onTrack = reports.stream().filter(r -> r.track() == track).toList();
      if (track == own || !onTrack.isEmpty()) {
        tracks.put(track, TrackLikelihood.of(policy, media, track, onTrack));
      }
    }
    return tracks;
  }

  /** Without the tracks that leave the level to the medium's own. */
  private static Map<Modality, TrackLikelihood> counted(
      Modality own, Map<Modality, TrackLikelihood> tracks) {
    Map<Modality, TrackLikelihood> counted = new EnumMap<>(tracks);
    counted.entrySet().removeIf(e -> e.getKey() != own && leavesTheLevel(e.getValue()));
    return counted;
  }

  private static boolean leavesTheLevel(TrackLikelihood track) {
    return track.standing().level() == Level.INSUFFICIENT_EVIDENCE && !track.hasSpeech();
  }

  /** What is said of a video's picture and of its sound. */
  private static List<TrackVerdict> apart(
      MediaEvidence evidence, Map<Modality, TrackLikelihood> tracks) {
    List<TrackVerdict> apart = new ArrayList<>();
    tracks.forEach(
        (modality, track) -> {
          boolean heard = modality == Modality.AUDIO && !track.voices().isEmpty();
          if (modality == Modality.VIDEO || heard) {
            apart.add(
                new TrackVerdict(
                    modality,
                    track.standing().level(),
                    track.standing().confidence(),
                    sentences(track.reasons(), track.foundNothing())));
          }
        });
    if (apart.size() == 1 && evidence.hasSound()) {
      apart.add(
          new TrackVerdict(
              Modality.AUDIO,
              Level.INSUFFICIENT_EVIDENCE,
              null,
              List.of(ReasonCode.SOUND_NOT_JUDGED.reason())));
    }
    return apart;
  }

  /** The track that alone gives the level of a video with sound; null when none does. */
  private static Modality decidedBy(
      MediaEvidence evidence, Map<Modality, TrackLikelihood> counted, Level level) {
    if (evidence.media().modality() != Modality.VIDEO || !evidence.hasSound()) {
      return null;
    }
    List<Modality> deciding =
        counted.entrySet().stream()
            .filter(e -> e.getValue().standing().level() == level)
            .map(Map.Entry::getKey)
            .toList();
    return deciding.size() == 1 ? deciding.getFirst() : null;
  }

  /**
   * What a pending detector is worth is only known from its report. So nothing is settled while one
   * is pending, except that a claim never lowers a level that is {@code high}.
   */
  private boolean isSettled(Set<String> pending, Level level) {
    return pending.isEmpty()
        || level == Level.HIGH && pending.stream().allMatch(this::onlyRepeatsClaims);
  }

  private boolean onlyRepeatsClaims(String detector) {
    Detector entry = policy.detectors().get(detector);
    return entry != null && !entry.claims().isEmpty();
  }

  private static List<VerdictReason> reasons(
      MediaEvidence evidence, Map<Modality, TrackLikelihood> counted, Level level) {
    Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
    List<Voice> foundNothing = new ArrayList<>();
    for (TrackLikelihood track : counted.values()) {
      if (track.standing().level() == level) {
        codes.addAll(track.reasons());
        foundNothing.addAll(track.foundNothing());
      }
    }
    if (evidence.media().modality() == Modality.VIDEO) {
      // Speech that nobody scored counts, but is not judged.
      TrackLikelihood sound = counted.get(Modality.AUDIO);
      boolean soundJudged = sound != null && !sound.voices().isEmpty();
      boolean soundDecides = counted.get(Modality.VIDEO).standing().level() != level;
      if (!soundJudged && evidence.hasSound()) {
        codes.add(ReasonCode.SOUND_NOT_JUDGED);
        codes.removeIf(code -> code == ReasonCode.NO_EVIDENCE && soundDecides);
      }
      if (soundJudged && codes.remove(ReasonCode.NO_EVIDENCE)) {
        codes.add(ReasonCode.PICTURE_NOT_JUDGED);
      }
      if (soundDecides) {
        codes.add(ReasonCode.SOUND_DECIDES);
      }
    }
    return sentences(codes, foundNothing);
  }

  private static List<VerdictReason> sentences(Set<ReasonCode> codes, List<Voice> foundNothing) {
    return codes.stream()
        .map(
            code ->
                code == ReasonCode.NOTHING_FOUND
                    ? code.reason(LikelihoodVotes.foundNothing(foundNothing))
                    : code.reason())
        .toList();
  }
}
