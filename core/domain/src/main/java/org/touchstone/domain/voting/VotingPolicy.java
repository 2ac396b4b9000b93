package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Verdict;

/**
 * A versioned data file that says how detectors' reports become a verdict. It holds all numbers of
 * a vote; the code holds none. The field {@code rule} names one of three rules: {@code votes}
 * ({@link VotesPolicy}), {@code pooled} ({@link PooledPolicy}) and {@code log-likelihood} ({@link
 * LikelihoodPolicy}), whose Javadoc describes their fields; {@code voting-policy.schema.json}
 * beside the bundled policies describes them to tools.
 *
 * <p>All rules are deterministic to the last bit and independent of the order of reports. Abstained
 * and failed reports carry no weight. Of several reports by one detector on one track, the one with
 * the highest score counts.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
  @JsonSubTypes.Type(value = VotesPolicy.class, name = "votes"),
  @JsonSubTypes.Type(value = PooledPolicy.class, name = "pooled"),
  @JsonSubTypes.Type(value = LikelihoodPolicy.class, name = "log-likelihood")
})
public sealed interface VotingPolicy permits VotesPolicy, PooledPolicy, LikelihoodPolicy {

  /** The version of the policy that is bundled as the default. */
  String DEFAULT_VERSION = "pooled-3";

  /** The policy's version, which every verdict carries. */
  String version();

  /** The option behind {@link #skipsDetectors}; false unless the file sets it. */
  Boolean skipDetectorsWhenDecided();

  /**
   * The verdict on an analysis whose detectors have all ended. Detectors that are still pending are
   * ignored. The least reassuring medium gives the level.
   */
  default Verdict vote(List<MediaEvidence> media) {
    MediaRule rule = MediaRule.of(this, media.size());
    return Judgements.verdict(version(), media.stream().map(rule::judge).toList());
  }

  /**
   * The verdict over the reports so far, while detectors are at work. It covers all media. It is
   * settled once the judgement on every medium is settled, or once one medium is settled as {@code
   * high}, which no other medium can outrank.
   */
  default Preview preview(List<MediaEvidence> media) {
    MediaRule rule = MediaRule.of(this, media.size());
    List<Judgement> all = media.stream().map(rule::judge).toList();
    boolean high =
        all.stream().anyMatch(j -> j.settled() && j.standing().level() == Verdict.Level.HIGH);
    boolean settled = high || (!all.isEmpty() && all.stream().allMatch(Judgement::settled));
    return new Preview(Judgements.verdict(version(), all), settled);
  }

  /**
   * Whether endpoints skip a still because resolution's reports alone settle it as {@code high}.
   */
  default boolean skipsDetectors(MediaEvidence still) {
    if (!skipDetectorsWhenDecided() || still.media().modality() != Modality.IMAGE) {
      return false;
    }
    Preview preview = preview(List.of(still));
    return preview.settled() && preview.verdict().level() == Verdict.Level.HIGH;
  }

  /** The policy as its file holds it; {@link #read} gives an equal policy back. */
  default byte[] json() {
    return Json.bytes(this);
  }

  /**
   * Reads a policy file. Unknown fields, repeated fields, missing fields, values of another type
   * and values out of range are rejected.
   *
   * @param json UTF-8 JSON, at most 1 MiB
   * @throws InvalidPolicyException when it is not a policy; names the field
   */
  static VotingPolicy read(byte[] json) {
    return PolicyReader.read(json);
  }

  /** The default policy: {@link #DEFAULT_VERSION}. */
  static VotingPolicy bundled() {
    return bundled(DEFAULT_VERSION).orElseThrow();
  }

  /**
   * A policy that comes with this library: {@code pooled-3}, {@code pooled-2}, {@code pooled-1} or
   * {@code votes-1}.
   */
  static Optional<VotingPolicy> bundled(String version) {
    return PolicyReader.bundled(version);
  }
}
