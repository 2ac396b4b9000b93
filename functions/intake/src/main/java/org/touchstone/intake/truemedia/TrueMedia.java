package org.touchstone.intake.truemedia;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisInput.ChosenMedium;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.files.Sha256;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.truemedia.Answers.OriginalMedium;
import org.touchstone.intake.truemedia.Answers.ResolvedPost;
import org.touchstone.intake.waiting.AnalysisWatch;
import org.touchstone.storage.DownloadLink;
import org.touchstone.storage.DownloadStore;
import org.touchstone.storage.Ids;

/**
 * The original's two steps as two analyses. The first has no detector: it resolves the link, and
 * costs nothing, because nothing gives a score. The second is of one medium of the first, which is
 * not fetched again, and is what an analysis of that medium costs. Both ids follow from what is
 * asked, so that a repeated call finds what the first one made.
 */
@Singleton
class TrueMedia {
  /** The longest wait for a post's media; the gateway gives up after 29 seconds. */
  static final Duration LONGEST = Duration.ofSeconds(25);

  static final String TOO_SLOW =
      "The media of this post are not there yet. Ask again with the same link in a few seconds.";

  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final long HOUR = 3600;
  private static final long MINUTE = 60;

  private final AnalysisService service;
  private final AnalysisWatch watch;
  private final DownloadStore downloads;
  private final Caller caller;
  private final InstantSource clock;

  @Inject
  TrueMedia(
      AnalysisService service,
      AnalysisWatch watch,
      DownloadStore downloads,
      Caller caller,
      InstantSource clock) {
    this.service = service;
    this.watch = watch;
    this.downloads = downloads;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * The media of a post. A link that was asked for in the same hour is not resolved again, unless
   * that failed.
   *
   * @throws ProblemException when the link is not accepted
   */
  ResolvedPost resolve(String postUrl) {
    long end = System.nanoTime() + LONGEST.toNanos();
    Analysis analysis = resolution(postUrl);
    while (true) {
      // Before it is read: what is added in between is then noticed.
      Set<String> parts = service.parts(analysis.id());
      analysis = service.get(caller.accountId(), analysis.id());
      if (!analysis.media().isEmpty()) {
        String id = analysis.id();
        return ResolvedPost.of(analysis.media().stream().map(item -> medium(id, item)).toList());
      }
      if (analysis.status() == AnalysisStatus.FAILED) {
        return ResolvedPost.failure(DetectionView.reason(analysis.error()));
      }
      long begun = System.nanoTime();
      Duration left = Duration.ofNanos(end - begun);
      if (left.compareTo(A_MOMENT) < 0) {
        return ResolvedPost.failure(TOO_SLOW);
      }
      boolean changed =
          watch.changes(
              caller.accountId(),
              analysis.id(),
              parts,
              left.compareTo(AnalysisWatch.LONGEST) < 0 ? left : AnalysisWatch.LONGEST);
      if (!changed && System.nanoTime() - begun < A_MOMENT.toNanos() / 2) {
        // Too many requests of this account or of all wait already.
        return ResolvedPost.failure(TOO_SLOW);
      }
    }
  }

  private Analysis resolution(String postUrl) {
    Instant now = clock.instant();
    String link = Sha256.of(postUrl.strip());
    String key = resolutionKey(now.getEpochSecond() / HOUR + "/" + link);
    // Looked for before: one of this call that fails at once is the answer, and no reason to try
    // again.
    boolean hasFailed =
        find(Ids.analysisIdFor(caller.accountId(), key))
            .filter(earlier -> earlier.status() == AnalysisStatus.FAILED)
            .isPresent();
    return resolution(
        postUrl, hasFailed ? resolutionKey(now.getEpochSecond() / MINUTE + "m/" + link) : key);
  }

  private static String resolutionKey(String name) {
    return "truemedia/resolve/" + name;
  }

  private Analysis resolution(String postUrl, String key) {
    return service.create(
        AcceptRequest.of(
            caller.accountId(),
            caller.keyId(),
            AnalysisInput.ofUrl(postUrl),
            options(List.of()),
            key));
  }

  private OriginalMedium medium(String analysisId, MediaItem item) {
    String url =
        downloads
            .medium(item)
            .map(DownloadLink::url)
            .map(Object::toString)
            .orElseGet(() -> item.source() == null ? null : item.source().postUrl());
    return new OriginalMedium(
        new MediumId(analysisId, item.id()).toString(),
        url,
        item.mimeType(),
        item.durationSeconds());
  }

  /**
   * Starts the detectors on a medium, once.
   *
   * @param detector the only one to run; null for all
   * @return empty when the caller has no such medium
   * @throws ProblemException when the medium's detectors were started in another way
   */
  Optional<Analysis> start(MediumId id, String detector) {
    return resolved(id)
        .map(
            resolution ->
                service.create(
                    AcceptRequest.of(
                        caller.accountId(),
                        caller.keyId(),
                        new AnalysisInput(
                            resolution.input().url(),
                            resolution.input().uploadId(),
                            resolution.input().fileName(),
                            new ChosenMedium(id.analysisId(), id.mediaId())),
                        options(detector == null ? null : List.of(detector)),
                        key(id))));
  }

  /** Whether the caller has this medium. */
  boolean has(MediumId id) {
    return resolved(id).isPresent();
  }

  /** What came of {@link #start}; empty before it was called. */
  Optional<Analysis> started(MediumId id) {
    return find(Ids.analysisIdFor(caller.accountId(), key(id)));
  }

  private Optional<Analysis> resolved(MediumId id) {
    return find(id.analysisId())
        .filter(analysis -> analysis.media().stream().anyMatch(m -> m.id().equals(id.mediaId())));
  }

  private Optional<Analysis> find(String analysisId) {
    try {
      return Optional.of(service.get(caller.accountId(), analysisId));
    } catch (ProblemException e) {
      if (e.problem().type() == ProblemType.ANALYSIS_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String key(MediumId id) {
    return "truemedia/start/" + id;
  }

  private static JobOptions options(List<String> detectors) {
    return new JobOptions(false, null, null, detectors, null, null);
  }
}
