package org.touchstone.endpoint.http;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.decode.MediumKind;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.files.Sha256;
import org.touchstone.domain.link.WebLink;
import org.touchstone.endpoint.container.EndpointConfig;
import org.touchstone.worker.DetectionResult;
import org.touchstone.worker.DetectorRunner;
import org.touchstone.worker.WorkFolder;

/** Answers requests for predictions without a store. */
@ApplicationScoped
public class Predictions {
  private static final int BUFFER = 64 << 10;

  private final DetectorRunner runner;
  private final EndpointConfig config;
  private final AllowedUrls urls;
  private final LocalFiles files;
  private final UrlFetcher fetcher;

  public Predictions(DetectorRunner runner, EndpointConfig config) {
    this.runner = runner;
    this.config = config;
    this.urls = new AllowedUrls(config.http().allowedUrls().orElse(List.of()));
    this.files = new LocalFiles(config.http().filesFolder());
    this.fetcher = new UrlFetcher(config.http().fetchTimeout(), config.maxBytes().asLongValue());
  }

  /**
   * Runs the detectors on the file that a request names.
   *
   * @param detector the only detector to run; if absent, all that apply
   * @throws ProblemException when the medium cannot be used
   * @throws EndpointProblemException when the request is not valid or not allowed
   */
  DetectionResult predict(PredictRequest request, Optional<String> detector)
      throws IOException, InterruptedException {
    checkDetector(detector);
    if (request == null || (request.url() == null) == (request.filePath() == null)) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "The body must have either url or file_path.");
    }
    if (request.filePath() != null) {
      return predict(files.find(request.filePath()), detector);
    }
    WebLink url =
        urls.allow(request.url()).orElseThrow(EndpointProblem.SOURCE_FORBIDDEN::exception);
    try (DetectorRunner.Place place = enter();
        WorkFolder folder = WorkFolder.in(config.workFolder())) {
      Path file = folder.file("medium");
      fetcher.fetch(url, file);
      return run(place, file, detector);
    }
  }

  /**
   * Runs the detectors on the bytes of a request's body; otherwise as above.
   *
   * @throws ProblemException {@link ProblemType#REQUEST_TOO_LARGE} when there are too many
   */
  DetectionResult predict(InputStream body, Optional<String> detector)
      throws IOException, InterruptedException {
    checkDetector(detector);
    try (WorkFolder folder = WorkFolder.in(config.workFolder())) {
      Path file = folder.file("medium");
      keep(body, file);
      return predict(file, detector);
    }
  }

  private void keep(InputStream body, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      long left = config.maxBytes().asLongValue();
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        left -= count;
        if (left < 0) {
          throw new ProblemException(ProblemType.REQUEST_TOO_LARGE);
        }
        out.write(buffer, 0, count);
      }
    }
  }

  /** Runs the detectors on the given file; otherwise as above. */
  DetectionResult predict(Path file, Optional<String> detector)
      throws IOException, InterruptedException {
    checkDetector(detector);
    try (DetectorRunner.Place place = enter()) {
      return run(place, file, detector);
    }
  }

  private void checkDetector(Optional<String> name) {
    if (name.isPresent() && name.flatMap(runner.registry()::find).isEmpty()) {
      throw EndpointProblem.DETECTOR_NOT_FOUND.exception();
    }
  }

  private DetectorRunner.Place enter() throws InterruptedException {
    return runner.enter(config.http().patience()).orElseThrow(EndpointProblem.BUSY::exception);
  }

  private DetectionResult run(DetectorRunner.Place place, Path file, Optional<String> detector)
      throws IOException, InterruptedException {
    MediaItem item = describe(file);
    DetectionResult result = run(place, file, item, detector);
    boolean isBroken =
        result.reports().stream().noneMatch(report -> report.status() == ReportStatus.SCORED)
            && result.reports().stream().anyMatch(r -> r.reason() == Reason.ENVIRONMENT);
    if (isBroken) {
      // Counted and logged where it was met.
      throw new ProblemException(ProblemType.ENVIRONMENT_FAULT);
    }
    return result;
  }

  private DetectionResult run(
      DetectorRunner.Place place, Path file, MediaItem item, Optional<String> detector)
      throws InterruptedException {
    if (detector.isPresent()) {
      Detector only = runner.registry().find(detector.get()).orElseThrow();
      Modality track =
          tracks(item).stream().filter(only.tracks()::contains).findFirst().orElse(item.modality());
      return place.run(file, item, track, List.of(only));
    }
    Set<String> done = new HashSet<>();
    List<DetectorReport> reports = new ArrayList<>();
    DetectionResult last = null;
    for (Modality track : tracks(item)) {
      List<Detector> detectors =
          runner.registry().forTrack(track).stream().filter(d -> done.add(d.name())).toList();
      last = place.run(file, item, track, detectors);
      reports.addAll(last.reports());
    }
    return new DetectionResult(reports, last.provenance());
  }

  /** The medium's own track first, then the sound of a video, which may have none. */
  private static List<Modality> tracks(MediaItem item) {
    return item.modality() == Modality.VIDEO
        ? List.of(Modality.VIDEO, Modality.AUDIO)
        : List.of(item.modality());
  }

  private MediaItem describe(Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes == 0) {
      throw new ProblemException(ProblemType.MEDIA_EMPTY);
    }
    if (bytes > config.maxBytes().asLongValue()) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LARGE);
    }
    MediumKind kind = MediumKind.of(file, runner.limits().decode());
    String sha256 = Sha256.of(file);
    return MediaItem.of(kind.modality(), sha256, kind.mimeType(), bytes);
  }

  @PreDestroy
  void close() {
    fetcher.close();
  }
}
