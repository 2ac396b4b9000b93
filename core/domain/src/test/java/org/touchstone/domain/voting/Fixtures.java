package org.touchstone.domain.voting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Region;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.provenance.Statement;

/** Short ways to write media and reports. */
final class Fixtures {
  private static final Set<String> NOISE = Set.of("rd-pine-img", "dire");

  private Fixtures() {}

  static MediaItem item(String id, Modality modality) {
    return new MediaItem(
        id, modality, "0".repeat(64), "x/y", 1, null, null, null, null, null, null);
  }

  static MediaItem videoWithSound(String id) {
    return new MediaItem(
        id, Modality.VIDEO, "0".repeat(64), "video/mp4", 1, 640, 480, 9.0, true, null, null);
  }

  static TrackReport scored(Modality track, String detector, double score) {
    Category category = NOISE.contains(detector) ? Category.NOISE : Category.GENERATIVE;
    return new TrackReport(
        track,
        DetectorReport.scored(detector, "1", category, score, Evidence.NONE, ReportTimings.ZERO));
  }

  /** A detector as a score with what is known of it: counts, fitted on half fakes, one look. */
  static TrackReport counted(
      Modality track, Category category, String detector, double score, Counts counts) {
    return known(track, category, detector, score, reliability(null, counts));
  }

  static TrackReport known(
      Modality track, Category category, String detector, double score, Reliability reliability) {
    return new TrackReport(
        track,
        DetectorReport.scored(detector, "1", category, score, Evidence.NONE, ReportTimings.ZERO)
            .withReliability(reliability));
  }

  static Reliability reliability(String family, Counts counts) {
    return new Reliability(family, "2026-11", 0.5, counts, Combination.SINGLE, 1, null);
  }

  static Counts counts(long falseAlarms, long authentic, long hits, long fakes) {
    return new Counts("all media", falseAlarms, authentic, hits, fakes);
  }

  static TrackReport abstained(Modality track, String detector) {
    return abstained(track, detector, Reason.NO_SIGNAL);
  }

  static TrackReport abstained(Modality track, String detector, Reason reason) {
    return new TrackReport(
        track, DetectorReport.abstained(detector, "1", Category.GENERATIVE, reason, null));
  }

  static TrackReport failed(Modality track, String detector) {
    return new TrackReport(
        track, DetectorReport.failed(detector, "1", Category.GENERATIVE, Reason.WORKER_LOST, null));
  }

  /** A face detector's report with this many certain faces. */
  static TrackReport faces(Modality track, String detector, int count) {
    return faces(track, detector, Collections.nCopies(count, 0.9));
  }

  /** A face detector's report with a face for each score. */
  static TrackReport faces(Modality track, String detector, List<Double> scores) {
    return regions(
        track,
        detector,
        scores.stream().map(s -> new Region(0, 0, 9, 9, null, s, "face")).toList());
  }

  static TrackReport regions(Modality track, String detector, List<Region> regions) {
    Evidence evidence = Evidence.NONE.withRegions(regions);
    return new TrackReport(
        track,
        DetectorReport.scored(
            detector,
            "1",
            Category.FACES,
            regions.isEmpty() ? 0 : 1,
            evidence,
            ReportTimings.ZERO));
  }

  static MediaEvidence evidence(Modality modality, TrackReport... reports) {
    return evidence(item("m", modality), reports);
  }

  static MediaEvidence evidence(MediaItem item, TrackReport... reports) {
    return new MediaEvidence(item, List.of(reports), Set.of(), Annotations.NONE);
  }

  static MediaEvidence pending(MediaEvidence evidence, String... detectors) {
    return new MediaEvidence(
        evidence.media(),
        evidence.reports(),
        Set.of(detectors),
        evidence.annotations(),
        evidence.provenance());
  }

  static MediaEvidence annotated(MediaEvidence evidence, Annotations annotations) {
    return new MediaEvidence(
        evidence.media(),
        evidence.reports(),
        evidence.pending(),
        annotations,
        evidence.provenance());
  }

  static MediaEvidence plus(MediaEvidence evidence, TrackReport report) {
    List<TrackReport> reports = new ArrayList<>(evidence.reports());
    reports.add(report);
    return new MediaEvidence(
        evidence.media(),
        reports,
        evidence.pending(),
        evidence.annotations(),
        evidence.provenance());
  }

  /** Sound credentials with these statements. */
  static Provenance signed(Statement... statements) {
    return provenance(Provenance.State.VALID_UNTRUSTED, statements);
  }

  static Provenance provenance(Provenance.State state, Statement... statements) {
    return new Provenance(
        state,
        "Signer",
        null,
        null,
        null,
        null,
        null,
        List.of(statements),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** The original system's policies, with ufd and genconvit included as its tests need. */
  static VotingPolicy original() {
    return VotingPolicy.read(resource("original.json"));
  }

  static VotingPolicy pooled() {
    return VotingPolicy.bundled("pooled-1").orElseThrow();
  }

  static VotingPolicy votes() {
    return VotingPolicy.bundled("votes-1").orElseThrow();
  }

  static byte[] resource(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
