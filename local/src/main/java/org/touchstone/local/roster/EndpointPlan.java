package org.touchstone.local.roster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.storage.Ids;

/**
 * The deployed endpoints, from which the roster is made; on AWS, the object {@code endpoints.json}.
 *
 * @param endpoints one for each name that jobs are sent to
 * @param recogniser the description of the service that endpoints on CPUs ask what is said; absent
 *     for none
 */
public record EndpointPlan(
    List<Entry> endpoints, @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode recogniser) {
  /** Longest video that an endpoint on CPUs accepts by default, seconds. */
  public static final int CPU_VIDEO_SECONDS = 180;

  /** Longest recording that an endpoint on CPUs accepts by default, seconds. */
  public static final int CPU_AUDIO_SECONDS = 1800;

  private static final long CPU_BYTES = 256L << 20;
  private static final int MAX_BYTES = 1 << 20;

  /** An unknown value must not become a default, as it does where old data are read. */
  private static final ObjectMapper STRICT =
      Json.configure(new JsonMapper())
          .disable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);

  /** A plan without such a service. */
  public EndpointPlan(List<Entry> endpoints) {
    this(endpoints, null);
  }

  public EndpointPlan {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
  }

  /**
   * The jobs of one track at one endpoint.
   *
   * @param name the name that the jobs carry
   * @param track the track
   * @param compute what the detectors run on; a GPU if absent
   * @param capacity the largest medium it accepts; any if absent
   * @param detectors the only detectors that run; all that the compute can run if empty
   * @param models the only models that are fetched; all if empty
   */
  public record Entry(
      String name,
      Modality track,
      Compute compute,
      Capacity capacity,
      Set<String> detectors,
      Set<String> models) {
    public Entry {
      compute = compute == null ? Compute.GPU : compute;
      capacity = capacity == null ? Capacity.UNLIMITED : capacity;
      detectors = detectors == null ? Set.of() : Set.copyOf(detectors);
      models = models == null ? Set.of() : Set.copyOf(models);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws PlanException when it is not one
   */
  public static EndpointPlan read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new PlanException("The plan of endpoints is larger than 1 MB.");
    }
    try {
      return checked(STRICT.readValue(json, EndpointPlan.class));
    } catch (IOException e) {
      throw new PlanException("The plan of endpoints is not valid JSON, or a value is wrong.", e);
    }
  }

  /**
   * The service that endpoints on CPUs ask what is said.
   *
   * @throws PlanException when its description is not valid
   */
  public Optional<RecogniserSettings> service() {
    if (recogniser == null || recogniser.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(RecogniserSettings.read(recogniser));
    } catch (InvalidSettingsException e) {
      throw new PlanException("The plan of endpoints has a recogniser that is not valid.", e);
    }
  }

  private static EndpointPlan checked(EndpointPlan plan) {
    if (plan == null || plan.endpoints().isEmpty()) {
      throw new PlanException("The plan of endpoints names no endpoint.");
    }
    plan.service();
    Set<String> names = new HashSet<>();
    for (Entry entry : plan.endpoints()) {
      if (!Ids.isName(entry.name()) || Roster.isReserved(entry.name())) {
        throw new PlanException("The plan of endpoints has an endpoint without a valid name.");
      }
      if (entry.track() == null) {
        throw new PlanException("The endpoint " + entry.name() + " has no track.");
      }
      if (!names.add(entry.name())) {
        throw new PlanException("The endpoint " + entry.name() + " is there twice.");
      }
    }
    return plan;
  }

  /**
   * The endpoints of one machine: for each track one that stands for a lane of CPUs and one that
   * stands for a lane of GPUs.
   *
   * @param cpuSeconds longest video or recording that the lane of CPUs accepts; null for the
   *     defaults
   */
  public static EndpointPlan ofThisMachine(Integer cpuSeconds) {
    List<Entry> entries = new ArrayList<>();
    for (Modality track : Modality.values()) {
      entries.add(
          new Entry(
              "cpu-" + track.code(), track, Compute.CPU, cpus(track, cpuSeconds), null, null));
    }
    for (Modality track : Modality.values()) {
      entries.add(new Entry(track.code(), track, Compute.GPU, null, null, null));
    }
    return new EndpointPlan(entries);
  }

  private static Capacity cpus(Modality track, Integer cpuSeconds) {
    int usual = track == Modality.AUDIO ? CPU_AUDIO_SECONDS : CPU_VIDEO_SECONDS;
    Double seconds =
        track == Modality.IMAGE ? null : Double.valueOf(cpuSeconds == null ? usual : cpuSeconds);
    return new Capacity(CPU_BYTES, seconds, null);
  }
}
