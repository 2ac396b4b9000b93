package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The detectors that each endpoint runs; stored as {@code roster.json}. Resolution copies it into
 * the analysis. The analysis therefore knows which reports it waits for, and names the detectors of
 * a lost job correctly even after another deployment.
 *
 * @param endpoints the endpoints, each name at most once
 */
public record Roster(List<Endpoint> endpoints) {
  /**
   * The endpoint of the voters of other organisations. It exists only in an analysis that may ask
   * them, and its voters run nowhere else.
   */
  public static final String PARTNERS = "partners";

  /**
   * The endpoint of the language model that judges what was said. Its jobs are those of endpoints
   * that write down speech, handed on when they have reported.
   */
  public static final String JUDGE = "judge";

  private static final Set<String> RESERVED = Set.of(ResolvedMedia.ENDPOINT, PARTNERS, JUDGE);

  private static final Roster BUNDLED =
      new Roster(
          Arrays.stream(Modality.values())
              .map(track -> new Endpoint(track.code(), ensemble(track)))
              .toList());

  public Roster {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    if (endpoints.stream().map(Endpoint::name).distinct().count() != endpoints.size()) {
      throw new IllegalArgumentException("an endpoint is named twice");
    }
  }

  /**
   * An endpoint's detectors.
   *
   * @param name the endpoint's name, as jobs carry it
   * @param detectors in the order in which they are shown
   * @param compute what they run on; a GPU if absent, as in rosters of older versions
   * @param capacity the largest medium it accepts; any if absent
   */
  public record Endpoint(
      String name, List<Detector> detectors, Compute compute, Capacity capacity) {
    public Endpoint {
      Objects.requireNonNull(name, "name");
      detectors = detectors == null ? List.of() : List.copyOf(detectors);
      compute = compute == null ? Compute.GPU : compute;
      capacity = capacity == null ? Capacity.UNLIMITED : capacity;
    }

    /** An endpoint on GPUs that accepts any medium. */
    public Endpoint(String name, List<Detector> detectors) {
      this(name, detectors, null, null);
    }
  }

  /**
   * A detector that is expected to report.
   *
   * @param name the detector's name
   * @param category what kind of evidence it looks for
   * @param tracks the tracks it looks at
   * @param modelVersion the version of its model or rules; absent when it is not known
   * @param installed whether its model is there; absent when it is not known
   * @param detail how to install it: a sentence, present only if it is not there
   */
  public record Detector(
      String name,
      Category category,
      Set<Modality> tracks,
      String modelVersion,
      @JsonInclude(JsonInclude.Include.NON_NULL) Boolean installed,
      @JsonInclude(JsonInclude.Include.NON_NULL) String detail) {
    public Detector {
      Objects.requireNonNull(name, "name");
      // Always in the same order, so that equal rosters have equal JSON.
      EnumSet<Modality> ordered = EnumSet.noneOf(Modality.class);
      ordered.addAll(tracks == null ? Set.of() : tracks);
      tracks = Collections.unmodifiableSet(ordered);
    }

    /** A detector of which it is not known whether it is installed. */
    public Detector(String name, Category category, Set<Modality> tracks, String modelVersion) {
      this(name, category, tracks, modelVersion, null, null);
    }

    /** Whether it can be expected to give scores. */
    public boolean mayScore() {
      return installed == null || installed;
    }
  }

  /** A copy in which the voters of other organisations have their endpoint. */
  public Roster withPartners(List<Detector> voters) {
    List<Endpoint> all = new ArrayList<>(endpoints);
    all.removeIf(e -> e.name().equals(PARTNERS));
    all.add(new Endpoint(PARTNERS, voters));
    return new Roster(all);
  }

  /** The roster in use until one is stored: the whole ensemble at an endpoint per track. */
  public static Roster bundled() {
    return BUNDLED;
  }

  /**
   * Whether resolution, the voters of other organisations or the judge of what was said report
   * under a name, so that no endpoint of detectors can have it.
   */
  public static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  /** The endpoint of that name. */
  public Optional<Endpoint> endpoint(String name) {
    return endpoints.stream().filter(endpoint -> endpoint.name().equals(name)).findFirst();
  }

  /**
   * The lane of an endpoint; empty for endpoints that the roster does not name and for those that
   * ask somebody else.
   */
  public Optional<Compute> lane(String endpoint) {
    return RESERVED.contains(endpoint)
        ? Optional.empty()
        : endpoint(endpoint).map(Endpoint::compute);
  }

  /**
   * The detectors expected to report on a job: those it names, or else all for its track; of these
   * only those that the analysis asks for.
   */
  public List<Detector> expected(Job job) {
    return expected(job.endpoint(), job.track()).stream()
        .filter(detector -> job.detectors() == null || job.detectors().contains(detector.name()))
        .filter(detector -> job.options().wants(detector.name()))
        .toList();
  }

  /** The names of all detectors, each once, in the order in which they are shown. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    endpoints.forEach(endpoint -> endpoint.detectors().forEach(d -> names.add(d.name())));
    return names;
  }

  /**
   * The detectors expected to report on a track at an endpoint. An endpoint that the roster does
   * not name may run any detector, so all detectors for the track are expected there, except the
   * voters of other organisations.
   */
  public List<Detector> expected(String endpoint, Modality track) {
    Map<String, Detector> expected = new LinkedHashMap<>();
    List<Endpoint> asked =
        endpoint(endpoint)
            .map(List::of)
            .orElseGet(() -> endpoints.stream().filter(e -> !RESERVED.contains(e.name())).toList());
    for (Endpoint e : asked) {
      for (Detector detector : e.detectors()) {
        if (detector.tracks().contains(track)) {
          expected.putIfAbsent(detector.name(), detector);
        }
      }
    }
    return List.copyOf(expected.values());
  }

  private static List<Detector> ensemble(Modality track) {
    return EnsembleDetector.of(track).stream()
        .map(d -> new Detector(d.name(), d.category(), d.tracks(), null))
        .toList();
  }
}
