package org.touchstone.domain.voting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;

/**
 * The evidence for the vote on one medium.
 *
 * @param media the medium
 * @param reports the detectors' reports on its tracks, in any order
 * @param pending names of the detectors that are still at work on it; empty once all have ended
 * @param annotations people's knowledge of it
 * @param provenance what it proves or says about its origin
 */
public record MediaEvidence(
    MediaItem media,
    List<TrackReport> reports,
    Set<String> pending,
    Annotations annotations,
    Provenance provenance) {

  /** Of several reports by one detector on one track, the one with the highest score is first. */
  private static final Comparator<TrackReport> CANONICAL =
      Comparator.comparing(TrackReport::track)
          .thenComparing(r -> r.report().detector())
          .thenComparing(
              r -> r.report().score(), Comparator.nullsLast(Comparator.<Double>reverseOrder()))
          .thenComparing(r -> r.report().toString());

  public MediaEvidence {
    Objects.requireNonNull(media, "media");
    reports = reports == null ? List.of() : List.copyOf(reports);
    pending = pending == null ? Set.of() : Set.copyOf(pending);
    annotations = annotations == null ? Annotations.NONE : annotations;
    provenance = provenance == null ? Provenance.ABSENT : provenance;
  }

  /** Evidence on a medium of whose origin nothing is known. */
  public MediaEvidence(
      MediaItem media, List<TrackReport> reports, Set<String> pending, Annotations annotations) {
    this(media, reports, pending, annotations, null);
  }

  /** A copy with what the medium proves or says about its origin. */
  public MediaEvidence with(Provenance newProvenance) {
    return new MediaEvidence(media, reports, pending, annotations, newProvenance);
  }

  /** A copy with further reports. */
  MediaEvidence with(List<TrackReport> more) {
    List<TrackReport> all = new ArrayList<>(reports);
    all.addAll(more);
    return new MediaEvidence(media, all, pending, annotations, provenance);
  }

  /** Whether the medium has sound, as far as anyone says. */
  boolean hasSound() {
    return Boolean.TRUE.equals(media.hasAudio())
        || reports.stream().anyMatch(report -> report.track() == Modality.AUDIO);
  }

  /**
   * A report in canonical order.
   *
   * @param repeated whether an earlier one is by the same detector on the same track
   */
  record Ordered(Modality track, DetectorReport report, boolean repeated) {}

  /**
   * The reports in an order independent of their arrival, so that sums are the same to the last
   * bit.
   */
  List<Ordered> ordered() {
    List<Ordered> ordered = new ArrayList<>();
    TrackReport before = null;
    for (TrackReport next : reports.stream().sorted(CANONICAL).toList()) {
      boolean repeated =
          before != null
              && before.track() == next.track()
              && before.report().detector().equals(next.report().detector());
      ordered.add(new Ordered(next.track(), next.report(), repeated));
      before = next;
    }
    return ordered;
  }
}
