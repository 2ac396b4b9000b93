package org.touchstone.intake.detectors;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorFacts;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Roster;
import org.touchstone.storage.RosterStore;

/**
 * The detectors of this deployment: those of the roster and the voters of other organisations, with
 * what the manifests say of them. Everything comes from the bucket, so that no endpoint is woken.
 * What was read is believed for 30 seconds. Thread-safe.
 */
public final class DetectorCatalogue {
  private static final Logger LOG = Logger.getLogger(DetectorCatalogue.class);
  private static final Duration BELIEVED = Duration.ofSeconds(30);

  /** Most names that a request may have. */
  private static final int MAX_NAMES = 100;

  private final RosterStore rosters;
  private final List<Roster.Detector> voters;
  private final InstantSource clock;
  private volatile Known known;

  /**
   * @param voters the voters of other organisations
   */
  public DetectorCatalogue(RosterStore rosters, List<Roster.Detector> voters, InstantSource clock) {
    this.rosters = rosters;
    this.voters = List.copyOf(voters);
    this.clock = clock;
  }

  private record Known(Map<String, DetectorView> views, Instant until) {}

  /** All detectors, in the order in which they are shown. */
  public List<DetectorView> all() {
    return List.copyOf(views().values());
  }

  /**
   * Checks what a request asks of the detectors.
   *
   * @throws ProblemException when it names a detector that is not there, or contradicts itself
   */
  public void check(JobOptions options) {
    List<String> names = options.detectors();
    if (names == null) {
      return;
    }
    if (names.isEmpty() || names.size() > MAX_NAMES) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "detectors must have 1 to " + MAX_NAMES + " names; leave it out for all detectors.");
    }
    if (options.skipsDetectors()) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "sourceOnly runs no detector: give only one of the two.");
    }
    Map<String, DetectorView> there = views();
    if (!there.keySet().containsAll(names)) {
      throw new ProblemException(
          ProblemType.DETECTOR_UNKNOWN,
          "detectors has a name that is not there. There are: "
              + String.join(", ", new TreeSet<>(there.keySet()))
              + ".");
    }
  }

  private Map<String, DetectorView> views() {
    Known now = known;
    if (now == null || !clock.instant().isBefore(now.until())) {
      now = new Known(read(), clock.instant().plus(BELIEVED));
      known = now;
    }
    return now.views();
  }

  private Map<String, DetectorView> read() {
    Roster roster = rosters.stored().orElseGet(Roster::bundled);
    Map<String, DetectorFacts> facts = new HashMap<>();
    facts().forEach(fact -> facts.put(fact.name(), fact));
    Map<String, List<Place>> places = new LinkedHashMap<>();
    for (Roster.Endpoint endpoint : roster.endpoints()) {
      for (Roster.Detector detector : endpoint.detectors()) {
        places
            .computeIfAbsent(detector.name(), name -> new ArrayList<>())
            .add(new Place(detector, endpoint.compute()));
      }
    }
    Map<String, DetectorView> views = new LinkedHashMap<>();
    places.forEach((name, all) -> views.put(name, view(all, facts.get(name), false)));
    for (Roster.Detector voter : voters) {
      views.put(voter.name(), view(List.of(new Place(voter, null)), null, true));
    }
    return Collections.unmodifiableMap(views);
  }

  /** The facts are an addition: without them, the detectors are still there. */
  private List<DetectorFacts> facts() {
    try {
      return rosters.facts();
    } catch (RuntimeException e) {
      LOG.errorf("what is known of the detectors cannot be read: %s", e.getMessage());
      return List.of();
    }
  }

  /** A detector at an endpoint; without a compute at those of other organisations. */
  private record Place(Roster.Detector detector, Compute compute) {}

  private static DetectorView view(List<Place> places, DetectorFacts facts, boolean thirdParty) {
    Set<Modality> tracks = EnumSet.noneOf(Modality.class);
    Set<Compute> lanes = EnumSet.noneOf(Compute.class);
    for (Place place : places) {
      tracks.addAll(place.detector().tracks());
      if (place.compute() != null && place.detector().mayScore()) {
        lanes.add(place.compute());
      }
    }
    Roster.Detector shown =
        places.stream()
            .map(Place::detector)
            .filter(Roster.Detector::mayScore)
            .findFirst()
            .orElseGet(() -> places.getFirst().detector());
    Optional<DetectorFacts> known = Optional.ofNullable(facts);
    return new DetectorView(
        shown.name(),
        shown.category(),
        tracks,
        shown.modelVersion(),
        thirdParty ? Boolean.TRUE : shown.installed(),
        shown.mayScore() ? null : shown.detail(),
        lanes,
        thirdParty,
        known.map(DetectorFacts::looksAt).orElse(null),
        known.map(DetectorFacts::licence).orElse(null),
        known.map(DetectorFacts::trainedOn).orElse(null),
        known.map(DetectorFacts::calibratedOn).orElse(null),
        known.map(DetectorFacts::calibration).orElse(null),
        known.map(DetectorFacts::figures).orElse(null));
  }
}
