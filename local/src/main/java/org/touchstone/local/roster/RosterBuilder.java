package org.touchstone.local.roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.models.ModelStore;

/**
 * Makes the roster: for each endpoint of a plan, the detectors that look at its track, whether they
 * are installed there, and how to install those that are not. Only manifests are read; no model is
 * loaded.
 */
public final class RosterBuilder {
  private static final String NEEDS_A_GPU =
      "Its model needs a GPU, and no endpoint with one looks at this. Add an endpoint with compute:"
          + " gpu to touchstone.yaml.";
  private static final String UNKNOWN =
      "The endpoint's settings name it, and there is no model of that name. Run: ./touchstone models"
          + " push";

  private final ModelStore models;

  /** By the names of the models that an endpoint has; all if empty. */
  private final Map<Set<String>, DetectorRegistry> registries = new HashMap<>();

  /**
   * @param models the models as the endpoints have them; their files need not be there
   */
  public RosterBuilder(ModelStore models) {
    this.models = Objects.requireNonNull(models, "models");
  }

  /** The roster of these endpoints. */
  public Roster roster(EndpointPlan plan) {
    return new Roster(
        plan.endpoints().stream()
            .map(e -> new Roster.Endpoint(e.name(), detectors(e), e.compute(), e.capacity()))
            .toList());
  }

  /**
   * The same roster in which a service is there in place of a detector, wherever that is named.
   *
   * @param name the detector's
   * @param version of what the service gives
   */
  public static Roster withService(Roster roster, String name, String version) {
    return withService(roster, name, version, Set.of(Compute.values()));
  }

  /**
   * As above, at the endpoints of these computes only.
   *
   * @param where whose endpoints ask the service
   */
  static Roster withService(Roster roster, String name, String version, Set<Compute> where) {
    return new Roster(
        roster.endpoints().stream()
            .map(e -> where.contains(e.compute()) ? withService(e, name, version) : e)
            .toList());
  }

  private static Roster.Endpoint withService(
      Roster.Endpoint endpoint, String name, String version) {
    return new Roster.Endpoint(
        endpoint.name(),
        endpoint.detectors().stream()
            .map(
                d ->
                    d.name().equals(name)
                        ? new Roster.Detector(name, d.category(), d.tracks(), version, true, null)
                        : d)
            .toList(),
        endpoint.compute(),
        endpoint.capacity());
  }

  /**
   * A roster for endpoints of which nothing is known but their names: the bundled one, in which the
   * endpoints that it does not name have nothing to do.
   */
  public static Roster unknown(EndpointPlan plan) {
    Roster bundled = Roster.bundled();
    return new Roster(
        plan.endpoints().stream()
            .map(e -> bundled.endpoint(e.name()).orElse(new Roster.Endpoint(e.name(), List.of())))
            .toList());
  }

  private List<Roster.Detector> detectors(EndpointPlan.Entry endpoint) {
    DetectorRegistry registry = registries.computeIfAbsent(endpoint.models(), this::registry);
    List<Roster.Detector> detectors = new ArrayList<>();
    for (Detector detector : registry.forTrack(endpoint.track())) {
      if (endpoint.detectors().isEmpty() || endpoint.detectors().contains(detector.name())) {
        detectors.add(entry(endpoint, registry, detector));
      }
    }
    endpoint.detectors().stream()
        .sorted()
        .filter(name -> registry.find(name).isEmpty())
        .map(name -> absent(name, null, endpoint.track(), null, UNKNOWN))
        .forEach(detectors::add);
    return List.copyOf(detectors);
  }

  private DetectorRegistry registry(Set<String> names) {
    ModelStore seen = names.isEmpty() ? models : models.only(names);
    // Models are loaded when first used, and none is used here.
    try (OnnxModels none = new OnnxModels(seen, OnnxSettings.DEFAULT)) {
      return DetectorRegistry.of(seen, none);
    }
  }

  private static Roster.Detector entry(
      EndpointPlan.Entry endpoint, DetectorRegistry registry, Detector detector) {
    String name = detector.name();
    if (!detector.isInstalled()) {
      return absent(
          name,
          detector.category(),
          endpoint.track(),
          detector.modelVersion(),
          registry.howToInstall(name).orElse(null));
    }
    if (!endpoint.compute().canRun(registry.compute(name))) {
      return absent(
          name, detector.category(), endpoint.track(), detector.modelVersion(), NEEDS_A_GPU);
    }
    return new Roster.Detector(
        name, detector.category(), Set.of(endpoint.track()), detector.modelVersion(), true, null);
  }

  private static Roster.Detector absent(
      String name, Category category, Modality track, String version, String detail) {
    return new Roster.Detector(name, category, Set.of(track), version, false, detail);
  }
}
