package org.touchstone.resolver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.domain.DetectorReport;
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
   * @param wanted whether a detector is to run
   * @param selected whether the analysis names its detectors, so that jobs must name them too
   */
  static TrackPlan of(
      MediaItem item,
      Modality track,
      List<JobPlanner.Endpoint> deployed,
      Roster roster,
      Predicate<String> wanted,
      boolean selected) {
    Map<String, List<Place>> places = new LinkedHashMap<>();
    for (Roster.Endpoint known : known(deployed, roster)) {
      for (Roster.Detector detector : known.detectors()) {
        if (detector.tracks().contains(track) && wanted.test(detector.name())) {
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
          .map(known -> task(endpoint, known, track, wanted, selected, chosen))
          .orElseGet(() -> unnamed(endpoint, track, roster, wanted, selected))
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

  /** The part of an endpoint that the roster does not name: it may run any detector. */
  private static Optional<Task> unnamed(
      JobPlanner.Endpoint endpoint,
      Modality track,
      Roster roster,
      Predicate<String> wanted,
      boolean selected) {
    if (!selected) {
      return Optional.of(new Task(endpoint, null));
    }
    List<String> names =
        roster.expected(endpoint.name(), track).stream()
            .map(Roster.Detector::name)
            .filter(wanted)
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(new Task(endpoint, names));
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
      Predicate<String> wanted,
      boolean selected,
      Set<Place> chosen) {
    List<Roster.Detector> all =
        known.detectors().stream()
            .filter(d -> d.tracks().contains(track) && wanted.test(d.name()))
            .toList();
    List<String> names =
        all.stream()
            .filter(detector -> chosen.contains(new Place(known, detector)))
            .map(Roster.Detector::name)
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    // Endpoints of earlier versions run all that they have; they need not know the list.
    return Optional.of(new Task(endpoint, names.size() == all.size() && !selected ? null : names));
  }
}
