package org.touchstone.intake.page;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Analysis.MediaProvenance;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Analysis.PendingJob;
import org.touchstone.domain.Analysis.Preliminary;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.Region;
import org.touchstone.domain.Evidence.Speech;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.Verdict.Side;
import org.touchstone.domain.Verdict.Vote;
import org.touchstone.domain.voting.ReasonCode;

/** Analyses of every level and in every state, as a page may have to show them. */
final class Scenes {
  static final Instant TIME = Instant.parse("2026-11-30T14:03:00Z");
  static final String ID = "0123456789abcdef0123456789abcdef";

  private static final String SHA256 = "ab".repeat(32);
  private static final String OTHER_SHA256 = "cd".repeat(32);
  private static final MediaItem IMAGE =
      MediaItem.of(Modality.IMAGE, SHA256, "image/jpeg", 482_113).withSize(1280, 960);
  private static final MediaItem VIDEO =
      MediaItem.of(Modality.VIDEO, OTHER_SHA256, "video/mp4", 4_812_113)
          .withSize(1280, 720)
          .withDurationSeconds(42.4);
  private static final MediaItem AUDIO =
      MediaItem.of(Modality.AUDIO, "ef".repeat(32), "audio/mpeg", 612_113)
          .withDurationSeconds(31.0);

  private Scenes() {}

  /** The scenes, by name. */
  static Map<String, Analysis> all() {
    Map<String, Analysis> scenes = new LinkedHashMap<>();
    scenes.put("high", high());
    scenes.put("uncertain", uncertain());
    scenes.put("low", low());
    scenes.put("trusted", trusted());
    scenes.put("labelled", labelled());
    scenes.put("insufficient", insufficient());
    scenes.put("failed", ended(AnalysisStatus.FAILED, List.of(), List.of(), null, notSupported()));
    scenes.put("queued", running(AnalysisStatus.QUEUED, List.of(), null));
    scenes.put("preliminary", preliminary());
    scenes.put("partial", partial());
    return scenes;
  }

  private static Problem notSupported() {
    return Problem.of(ProblemType.POST_PRIVATE, null);
  }

  private static Analysis high() {
    MediaItem item =
        IMAGE.withSource(post("The mayor on the roof of the burning town hall, this morning."));
    Evidence heat =
        Evidence.NONE
            .withHeatmapKey("analyses/" + ID + "/evidence/" + item.id() + "/ufd.png")
            .withGenerator("stable-diffusion")
            .withRegions(List.of(new Region(420, 180, 260, 300, null, 0.98, "face")));
    return ended(
        AnalysisStatus.COMPLETE,
        List.of(item),
        List.of(
            report(item, scored("commfor-lowq", Category.GENERATIVE, 0.97, heat, true)),
            report(item, scored("gend-clip", Category.FACES, 0.81, Evidence.NONE, true)),
            report(item, scored("distil-dire", Category.NOISE, 0.42, Evidence.NONE, false)),
            report(
                item,
                scored(
                    "metadata",
                    Category.FORENSIC,
                    0.5,
                    Evidence.of(List.of(new Finding("exif", "software", "Editor 4.2"))),
                    false))),
        verdict(item, Level.HIGH, 0.94, List.of(ReasonCode.FILE_SAYS_SO)),
        null);
  }

  private static Analysis uncertain() {
    MediaItem item = VIDEO.withSource(post("Watch to the end."));
    List<TimelineSegment> timeline =
        java.util.stream.IntStream.range(0, 21)
            .mapToObj(
                i ->
                    new TimelineSegment(
                        i * 2, i * 2 + 2, Math.abs(Math.sin(i * 0.7)) * 0.8 + (i == 9 ? 0.15 : 0)))
            .toList();
    String key = "analyses/" + ID + "/evidence/" + item.id() + "/frame-";
    Evidence seen =
        Evidence.NONE
            .withTimeline(timeline)
            .withPeaks(
                List.of(
                    new Peak(18.2, 0.91, 1, null, key + "1.jpg"),
                    new Peak(4.4, 0.78, 1, null, key + "2.jpg"),
                    new Peak(31.0, 0.74, 1, null, key + "3.jpg")));
    return ended(
        AnalysisStatus.COMPLETE,
        List.of(item),
        List.of(
            report(item, scored("gend-clip", Category.FACES, 0.66, seen, true)),
            report(
                item,
                DetectorReport.abstained("lip-sync", "1", Category.FACES, Reason.VOICE_OVER, null)),
            report(
                item,
                DetectorReport.abstained(
                    "genconvit", null, Category.FACES, Reason.NOT_INSTALLED, null)),
            report(item, scored("transcript", Category.SEMANTIC, 0.3, speech(), false))),
        verdict(item, Level.UNCERTAIN, 0.58, List.of(ReasonCode.DETECTORS_DISAGREE)),
        null);
  }

  private static Evidence speech() {
    return Evidence.NONE
        .withSpeech(
            new Speech(
                "en",
                "recogniser 1.0",
                List.of(
                    new Passage(0.4, 3.1, "Good evening, this is the mayor speaking.", false),
                    new Passage(3.4, 7.9, "The bridge is closed until Thursday.", true))))
        .withRationale("The statement agrees with what is known, and asks for nothing.");
  }

  private static Analysis low() {
    return ended(
        AnalysisStatus.COMPLETE,
        List.of(AUDIO),
        List.of(
            report(
                AUDIO, scored("spectra-aasist3-int8", Category.VOICE, 0.06, Evidence.NONE, true)),
            report(AUDIO, scored("transcript", Category.SEMANTIC, 0.1, speech(), false))),
        verdict(AUDIO, Level.LOW, 0.07, List.of()),
        null);
  }

  private static Analysis trusted() {
    MediaItem item = IMAGE.withSource(post("Our new bridge."));
    return ended(
            AnalysisStatus.COMPLETE,
            List.of(item),
            List.of(
                report(
                    item, scored("commfor-lowq", Category.GENERATIVE, 0.2, Evidence.NONE, true))),
            verdict(item, Level.LOW, 0.2, List.of()),
            null)
        .with(people(item, Level.TRUSTED, LevelOverride.By.SOURCE));
  }

  private static Analysis labelled() {
    return ended(
            AnalysisStatus.COMPLETE,
            List.of(IMAGE),
            List.of(
                report(
                    IMAGE, scored("commfor-lowq", Category.GENERATIVE, 0.2, Evidence.NONE, true))),
            verdict(IMAGE, Level.LOW, 0.2, List.of()),
            null)
        .with(people(IMAGE, Level.HIGH, LevelOverride.By.LABEL));
  }

  private static LevelOverride people(MediaItem item, Level level, LevelOverride.By by) {
    return new LevelOverride(
        level,
        List.of(
            new LevelOverride.Medium(
                item.id(), level, by, LevelOverride.Holder.ACCOUNT, TIME, null, null)));
  }

  private static Analysis insufficient() {
    return ended(
        AnalysisStatus.COMPLETE,
        List.of(IMAGE),
        List.of(
            report(
                IMAGE,
                DetectorReport.abstained(
                    "commfor-lowq", null, Category.GENERATIVE, Reason.NOT_INSTALLED, null)),
            report(
                IMAGE,
                DetectorReport.abstained("gend-clip", "2", Category.FACES, Reason.NO_FACE, null))),
        verdict(IMAGE, Level.INSUFFICIENT_EVIDENCE, null, List.of(ReasonCode.NO_EVIDENCE)),
        null);
  }

  private static Analysis preliminary() {
    return running(
        AnalysisStatus.DETECTING,
        List.of(report(VIDEO, scored("gend-clip", Category.FACES, 0.9, Evidence.NONE, true))),
        new Preliminary(
            verdict(VIDEO, Level.HIGH, 0.9, List.of()),
            false,
            List.of(
                new PendingJob(
                    VIDEO.id(), "audio", Modality.AUDIO, List.of("spectra-aasist3-int8")))));
  }

  private static Analysis partial() {
    return new Analysis(
        ID,
        AnalysisStatus.COMPLETE,
        AnalysisInput.ofUrl("https://x.com/somebody/status/1"),
        TIME,
        List.of(IMAGE.withSource(post("Two of three.")), VIDEO),
        List.of(new MissingMedium(2, Problem.of(ProblemType.MEDIA_TOO_LONG, null))),
        List.of(
            report(IMAGE, scored("commfor-lowq", Category.GENERATIVE, 0.97, Evidence.NONE, true)),
            report(VIDEO, scored("gend-clip", Category.FACES, 0.1, Evidence.NONE, true))),
        List.of(
            new MediaProvenance(
                IMAGE.id(),
                new Provenance(
                    Provenance.State.VALID_UNTRUSTED,
                    "Example Camera Inc.",
                    "Example Camera 3",
                    "digitalCapture",
                    List.of("Edited: cropped")))),
        new Verdict(
            Level.HIGH,
            0.95,
            "pooled-2",
            List.of(),
            List.of(ReasonCode.MANY_MEDIA.reason()),
            List.of(
                new MediaVerdict(IMAGE.id(), Level.HIGH, 0.95, List.of()),
                new MediaVerdict(VIDEO.id(), Level.LOW, 0.1, List.of()))),
        null,
        null,
        null,
        null);
  }

  /** An analysis in which everything that others wrote is this text. */
  static Analysis hostile(String text) {
    MediaItem item =
        IMAGE.withSource(
            new MediaSource(
                "x",
                "javascript:alert(1)",
                text,
                TIME,
                0,
                new PostContext(text, text, text, text, List.of(text)),
                null));
    Evidence evidence =
        Evidence.of(List.of(new Finding(text, text, text)))
            .withSpeech(new Speech(text, text, List.of(new Passage(0, 1, text, false))))
            .withGenerator(text)
            .withRationale(text);
    return new Analysis(
        ID,
        AnalysisStatus.COMPLETE,
        AnalysisInput.ofUpload("u", text),
        TIME,
        List.of(item),
        List.of(),
        List.of(
            new MediaReport(
                item.id(),
                "image",
                Modality.IMAGE,
                Compute.CPU,
                DetectorReport.scored(
                    text, text, Category.NOISE, 0.9, evidence, ReportTimings.ZERO))),
        List.of(
            new MediaProvenance(
                item.id(),
                new Provenance(Provenance.State.INVALID, text, text, text, List.of(text)))),
        new Verdict(
            Level.HIGH,
            0.9,
            text,
            List.of(),
            List.of(new Verdict.VerdictReason("new-reason", text)),
            List.of()),
        null,
        null,
        null,
        null);
  }

  private static MediaSource post(String text) {
    return new MediaSource(
        "x",
        "https://x.com/somebody/status/1",
        "somebody",
        TIME.minusSeconds(86_400),
        0,
        new PostContext(
            "42", text, "en", "A building with smoke above it", List.of("This is from 2014.")),
        null);
  }

  private static DetectorReport scored(
      String name, Category category, double score, Evidence evidence, boolean counted) {
    DetectorReport report =
        DetectorReport.scored(
            name, "1.2.0 " + "0f".repeat(6), category, score, evidence, ReportTimings.ZERO);
    return counted
        ? report.withReliability(
            new Reliability(
                null,
                "2026-10",
                0.5,
                new Counts("short edge of 440 pixels or more", 5, 500, 335, 500),
                Combination.SINGLE,
                1,
                null))
        : report;
  }

  private static MediaReport report(MediaItem item, DetectorReport report) {
    return new MediaReport(item.id(), item.modality().code(), item.modality(), Compute.CPU, report);
  }

  private static Verdict verdict(
      MediaItem item, Level level, Double confidence, List<ReasonCode> reasons) {
    return new Verdict(
        level,
        confidence,
        "pooled-2",
        List.of(
            new Vote(
                item.id(),
                "commfor-lowq",
                item.modality(),
                0.8,
                0.97,
                0.97,
                level == Level.LOW ? Side.AUTHENTIC : Side.MANIPULATED,
                "its score"),
            new Vote(
                item.id(),
                "gend-clip",
                item.modality(),
                0.8,
                0.8,
                0.8,
                Side.MANIPULATED,
                "its score")),
        reasons.stream().map(ReasonCode::reason).toList(),
        List.of(new MediaVerdict(item.id(), level, confidence, List.of())));
  }

  private static Analysis running(
      AnalysisStatus status, List<MediaReport> reports, Preliminary preliminary) {
    return new Analysis(
        ID,
        status,
        AnalysisInput.ofUrl("https://example.org/video.mp4"),
        TIME,
        preliminary == null ? List.of() : List.of(VIDEO),
        List.of(),
        reports,
        List.of(),
        null,
        preliminary,
        null,
        null,
        null);
  }

  private static Analysis ended(
      AnalysisStatus status,
      List<MediaItem> media,
      List<MediaReport> reports,
      Verdict verdict,
      Problem error) {
    return new Analysis(
        ID,
        status,
        AnalysisInput.ofUrl("https://x.com/somebody/status/1"),
        TIME,
        media,
        List.of(),
        reports,
        List.of(),
        verdict,
        null,
        error,
        null,
        null);
  }
}
