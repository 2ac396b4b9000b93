package org.touchstone.intake.share;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Analysis.MediaWaveform;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.share.Share;
import org.touchstone.intake.AnalysisService;
import org.touchstone.storage.ShareStore;

/**
 * Analyses as others see them at a shared address: without the analysis' id, the file's name, notes
 * of people, and places in the store.
 */
@Singleton
public class SharedAnalyses {
  private final ShareStore shares;
  private final AnalysisService service;
  private final InstantSource clock;

  @Inject
  public SharedAnalyses(ShareStore shares, AnalysisService service, InstantSource clock) {
    this.shares = shares;
    this.service = service;
    this.clock = clock;
  }

  /**
   * What an address shows.
   *
   * @param own the analysis as its owner sees it, to find evidence in
   * @param shown the analysis as it may be shown, whose id is the address'
   */
  public record Shown(Share share, Analysis own, Analysis shown) {}

  /**
   * Finds what an address shows.
   *
   * @throws ProblemException {@link ProblemType#SHARE_NOT_FOUND} when it shows nothing, never did,
   *     or no longer does: nobody can tell which
   */
  public Shown find(String shareId) {
    Share share = shares.open(shareId, clock.instant()).orElseThrow(SharedAnalyses::nothing);
    try {
      Analysis own = service.get(share.accountId(), share.analysisId());
      return new Shown(share, own, shown(share, own));
    } catch (ProblemException e) {
      throw e.problem().type() == ProblemType.ANALYSIS_NOT_FOUND ? nothing() : e;
    }
  }

  private static ProblemException nothing() {
    return new ProblemException(ProblemType.SHARE_NOT_FOUND);
  }

  private static Analysis shown(Share share, Analysis own) {
    String prefix = "analyses/" + own.id() + "/evidence/";
    return new Analysis(
        share.id(),
        own.status(),
        own.input().url() == null ? null : AnalysisInput.ofUrl(own.input().url()),
        own.createdAt(),
        own.media(),
        own.missing(),
        own.reports().stream().map(report -> shown(share, report, prefix)).toList(),
        own.provenance(),
        own.verdict(),
        own.preliminary(),
        own.error(),
        own.timings(),
        own.waveforms() == null
            ? null
            : own.waveforms().stream()
                .map(w -> new MediaWaveform(w.mediaId(), name(w.key(), prefix)))
                .toList(),
        withoutNotes(own.override()));
  }

  private static MediaReport shown(Share share, MediaReport report, String prefix) {
    DetectorReport inner = report.report();
    Evidence evidence = inner.evidence();
    if (evidence == null) {
      return report;
    }
    Evidence shown =
        evidence.withHeatmapKey(share.showMedia() ? name(evidence.heatmapKey(), prefix) : null);
    for (int i = 0; i < evidence.highest().size(); i++) {
      String key = evidence.highest().get(i).frameKey();
      shown = shown.withPeakFrame(i, share.showMedia() ? name(key, prefix) : null);
    }
    return new MediaReport(
        report.mediaId(),
        report.endpoint(),
        report.track(),
        report.lane(),
        inner.withEvidence(shown));
  }

  /** The part of a key that says nothing of the analysis. */
  private static String name(String key, String prefix) {
    return key != null && key.startsWith(prefix) ? key.substring(prefix.length()) : null;
  }

  private static LevelOverride withoutNotes(LevelOverride override) {
    return override == null
        ? null
        : new LevelOverride(
            override.level(),
            override.media().stream()
                .map(
                    m ->
                        new LevelOverride.Medium(
                            m.mediaId(), m.level(), m.by(), m.holder(), m.at(), null, m.identity()))
                .toList());
  }
}
