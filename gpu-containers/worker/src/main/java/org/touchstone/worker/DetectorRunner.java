package org.touchstone.worker;

import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.context.DetectionRun;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.sound.Waveform;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.worker.WorkerMetrics.Stage;

/**
 * Runs detectors on files, with at most as many files at once as the limits allow. Files may come
 * from the queue or over HTTP. Thread-safe.
 */
public final class DetectorRunner {
  private static final Path NO_FILE = Path.of("none");

  private final DetectorRegistry registry;
  private final FaceDetector faces;
  private final DetectionLimits limits;
  private final WorkerMetrics metrics;
  private final DetectionRun pipeline = new DetectionRun();
  private final Semaphore places;
  private final Semaphore bulkPlaces;

  public DetectorRunner(
      DetectorRegistry registry,
      FaceDetector faces,
      DetectionLimits limits,
      WorkerMetrics metrics) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.faces = Objects.requireNonNull(faces, "faces");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.places = new Semaphore(limits.concurrency(), true);
    // All but one, so that whoever may not wait finds a place; fair, like the other.
    this.bulkPlaces = new Semaphore(Math.max(1, limits.concurrency() - 1), true);
  }

  public DetectorRegistry registry() {
    return registry;
  }

  public DetectionLimits limits() {
    return limits;
  }

  WorkerMetrics metrics() {
    return metrics;
  }

  /** A slot for one medium; closing it frees the slot for the next. */
  public final class Place implements AutoCloseable {
    private final boolean isBulk;

    private Place(boolean isBulk) {
      this.isBulk = isBulk;
    }

    /**
     * Runs detectors on a file; a failure of a detector is recorded in its report.
     *
     * @param file the file, in a folder of the job's own that detectors may write to
     * @param item the known facts about the file
     * @param track the track of the file to examine
     * @throws InterruptedException when the calling thread was interrupted; the reports are lost
     */
    public DetectionResult run(Path file, MediaItem item, Modality track, List<Detector> detectors)
        throws InterruptedException {
      return DetectorRunner.this.run(file, item, track, detectors, limits.perJob(), true);
    }

    /**
     * Runs detectors on the file of a job, without the provenance if resolution has read it.
     *
     * @param most how long they may work together, if that is less than the limits allow
     */
    DetectionResult run(Path file, Job job, List<Detector> detectors, Duration most)
        throws InterruptedException {
      Duration limit = most.compareTo(limits.perJob()) < 0 ? most : limits.perJob();
      return DetectorRunner.this.run(
          file, job.media(), job.track(), detectors, limit, !job.metadataRead());
    }

    @Override
    public void close() {
      places.release();
      if (isBulk) {
        bulkPlaces.release();
      }
    }
  }

  /** Waits for a slot without a time limit. */
  public Place enter() throws InterruptedException {
    Timer.Sample sample = metrics.start();
    places.acquire();
    metrics.stop(sample, Stage.WAIT);
    return new Place(false);
  }

  /**
   * Waits for a slot for a job without a time limit. Jobs that may wait never have all slots,
   * unless there is only one.
   */
  Place enter(Job job) throws InterruptedException {
    if (!job.options().mayWait()) {
      return enter();
    }
    Timer.Sample sample = metrics.start();
    bulkPlaces.acquire();
    try {
      places.acquire();
    } catch (InterruptedException e) {
      bulkPlaces.release();
      throw e;
    }
    metrics.stop(sample, Stage.WAIT);
    return new Place(true);
  }

  /** Waits for a slot for at most the given time; empty if none became free. */
  public Optional<Place> enter(Duration patience) throws InterruptedException {
    Timer.Sample sample = metrics.start();
    boolean entered = places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    metrics.stop(sample, Stage.WAIT);
    return entered ? Optional.of(new Place(false)) : Optional.empty();
  }

  /** The reports of detectors that are not installed; they do not look at a file. */
  List<DetectorReport> notInstalled(MediaItem item, Modality track, List<Detector> detectors) {
    try (MediaContext context =
        new MediaContext(NO_FILE, item, track, limits.decode(), faces, NO_FILE)) {
      return detectors.stream().map(detector -> detector.detect(context)).toList();
    }
  }

  private DetectionResult run(
      Path file,
      MediaItem item,
      Modality track,
      List<Detector> detectors,
      Duration limit,
      boolean withProvenance)
      throws InterruptedException {
    Path folder = file.toAbsolutePath().getParent();
    try (MediaContext context =
        new MediaContext(file, item, track, limits.decode(), faces, folder)) {
      Timer.Sample sample = metrics.start();
      List<DetectorReport> reports = pipeline.run(context, detectors, limit);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while detecting");
      }
      Provenance provenance = withProvenance ? pipeline.provenance(context) : null;
      metrics.stop(sample, Stage.DETECT);
      reports.forEach(metrics::report);
      Waveform waveform = track == Modality.AUDIO ? context.waveform().orElse(null) : null;
      return new DetectionResult(reports, provenance, waveform, context.pictures());
    }
  }
}
