package org.touchstone.resolver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Roster;

/**
 * Which endpoint runs which detector on one track of a medium. Each detector runs at the cheapest
 * endpoint that has it installed and accepts the medium: CPUs before GPUs, then in the roster's
 * order. A detector that runs nowhere abstains here, so that it is not lost.
 *
 * @param tasks what endpoints have to do, in the order in which they are deployed
 * @param abstained the reports of detectors that run nowhere
 */
record TrackPlan(List<Task> tasks, List<DetectorReport> abstained) {
  /**
   * An endpoint's part.
   *
   * @param detectors what it has to run; null for all that it has for the track
   */
  record Task(JobPlanner.Endpoint endpoint, List<String> detectors) {}

  /** A detector at an endpoint. */
  private record Place(Roster.Endpoint endpoint, Roster.Detector detector) {}

  /**
   * Plans a track.
   *
   * @param deployed the endpoints that look at the track. One that the roster does not name gets a
   *     job for all its detectors
   * @param metadataRead whether nobody needs to read the metadata any more
   */
  static TrackPlan of(
      MediaItem item,
      Modality track,
      List<JobPlanner.Endpoint> deployed,
      Roster roster,
      boolean metadataRead) {
    Map<String, List<Place>> places = new LinkedHashMap<>();
    for (Roster.Endpoint known : known(deployed, roster)) {
      for (Roster.Detector detector : known.detectors()) {
        if (isWanted(detector, track, metadataRead)) {
          places
              .computeIfAbsent(detector.name(), name -> new ArrayList<>())
              .add(new Place(known, detector));
        }
      }
    }
    Set<Place> chosen = new HashSet<>();
    List<DetectorReport> abstained = new ArrayList<>();
    for (List<Place> ofDetector : places.values()) {
      cheapest(ofDetector, item, track)
          .ifPresentOrElse(chosen::add, () -> abstained.add(abstention(ofDetector, item, track)));
    }
    List<Task> tasks = new ArrayList<>();
    for (JobPlanner.Endpoint endpoint : deployed) {
      roster
          .endpoint(endpoint.name())
          .map(known -> task(endpoint, known, track, metadataRead, chosen))
          .orElseGet(() -> Optional.of(new Task(endpoint, null)))
          .ifPresent(tasks::add);
    }
    return new TrackPlan(List.copyOf(tasks), List.copyOf(abstained));
  }

  /** Those of the deployed endpoints that the roster names, in its order. */
  private static List<Roster.Endpoint> known(List<JobPlanner.Endpoint> deployed, Roster roster) {
    Set<String> names = new HashSet<>();
    deployed.forEach(endpoint -> names.add(endpoint.name()));
    return roster.endpoints().stream().filter(known -> names.contains(known.name())).toList();
  }

  private static boolean isWanted(Roster.Detector detector, Modality track, boolean metadataRead) {
    return detector.tracks().contains(track)
        && !(metadataRead && detector.name().equals(EnsembleDetector.METADATA.name()));
  }

  private static Optional<Place> cheapest(List<Place> places, MediaItem item, Modality track) {
    return places.stream()
        .filter(place -> place.detector().mayScore())
        .filter(place -> place.endpoint().capacity().holds(item, track))
        // The first of equals: the roster's order.
        .min(Comparator.comparing(place -> place.endpoint().compute()));
  }

  private static DetectorReport abstention(List<Place> places, MediaItem item, Modality track) {
    return places.stream()
        .filter(place -> place.detector().mayScore())
        // The lane that accepts most is the one whose limit counts.
        .reduce((a, b) -> a.endpoint().compute().compareTo(b.endpoint().compute()) > 0 ? a : b)
        .map(
            place ->
                BeyondCapacity.report(place.detector(), item, track, place.endpoint().capacity()))
        .orElseGet(() -> notInstalled(places));
  }

  private static DetectorReport notInstalled(List<Place> places) {
    Roster.Detector detector =
        places.stream()
            .map(Place::detector)
            .filter(d -> d.detail() != null)
            .findFirst()
            .orElseGet(() -> places.getFirst().detector());
    return DetectorReport.abstained(
        detector.name(),
        detector.modelVersion(),
        detector.category(),
        Reason.NOT_INSTALLED,
        detector.detail());
  }

  /** An endpoint's part; empty when it has nothing to do. */
  private static Optional<Task> task(
      JobPlanner.Endpoint endpoint,
      Roster.Endpoint known,
      Modality track,
      boolean metadataRead,
      Set<Place> chosen) {
    List<Roster.Detector> all =
        known.detectors().stream().filter(d -> isWanted(d, track, metadataRead)).toList();
    List<String> names =
        all.stream()
            .filter(detector -> chosen.contains(new Place(known, detector)))
            .map(Roster.Detector::name)
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    // Endpoints of earlier versions run all that they have; they need not know the list.
    return Optional.of(new Task(endpoint, names.size() == all.size() ? null : names));
  }
}
