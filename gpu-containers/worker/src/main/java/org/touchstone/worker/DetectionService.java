package org.touchstone.worker;

import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.context.Detector;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.files.Sha256;
import org.touchstone.storage.EvidenceStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.ObjectTooLargeException;
import org.touchstone.worker.WorkerMetrics.Stage;

/**
 * Does jobs: fetches the medium, runs the detectors whose report on these bytes is not known yet,
 * and stores their reports. Two requests for the same bytes at the same time run the detectors
 * once. Thread-safe.
 *
 * <p>Faults of S3 and of the connection to it are thrown as {@link
 * software.amazon.awssdk.core.exception.SdkException} or {@link java.io.UncheckedIOException}; the
 * job may then be tried again, here or elsewhere.
 */
public final class DetectionService {
  private static final String METADATA = EnsembleDetector.METADATA.name();

  /** While a deployment is replaced, the roster may be ahead of an endpoint or behind it. */
  private static final String UNKNOWN_HERE =
      "The machine that did this job did not have it. Its models were changed a short time ago, or"
          + " the roster is not up to date: ./touchstone models roster writes it.";

  private final DetectorRunner runner;
  private final MediaStore media;
  private final KnownResults known;
  private final BulkyEvidence evidence;
  private final Compute compute;
  private final Path workRoot;
  private final InstantSource clock;
  private final JobLocks<Content> underWork = new JobLocks<>();

  /**
   * Creates a service of an endpoint with GPUs; see the other constructor.
   *
   * @param objects the store of results for later jobs on the same bytes
   * @param workRoot the folder for media that are being worked on
   */
  public DetectionService(
      DetectorRunner runner,
      MediaStore media,
      ObjectStore objects,
      Path workRoot,
      InstantSource clock) {
    this(runner, media, objects, Compute.GPU, workRoot, clock);
  }

  /**
   * Creates a service that fetches media from S3 and stores results in S3.
   *
   * @param objects the store of results for later jobs on the same bytes
   * @param compute what its endpoint runs on: results of the other kind are not used again
   * @param workRoot the folder for media that are being worked on
   */
  public DetectionService(
      DetectorRunner runner,
      MediaStore media,
      ObjectStore objects,
      Compute compute,
      Path workRoot,
      InstantSource clock) {
    this(runner, media, objects, compute, compute, workRoot, clock);
  }

  /**
   * Creates a service whose results are used again by another lane on the same machine.
   *
   * @param objects the store of results for later jobs on the same bytes
   * @param compute the lane of its endpoint, which reports name
   * @param results whose results are used again, and under which new ones are kept
   * @param workRoot the folder for media that are being worked on
   */
  public DetectionService(
      DetectorRunner runner,
      MediaStore media,
      ObjectStore objects,
      Compute compute,
      Compute results,
      Path workRoot,
      InstantSource clock) {
    this.runner = Objects.requireNonNull(runner, "runner");
    this.media = Objects.requireNonNull(media, "media");
    this.known = new KnownResults(objects, results, runner.metrics());
    this.evidence = new BulkyEvidence(new EvidenceStore(objects, results));
    this.compute = Objects.requireNonNull(compute, "compute");
    this.workRoot = Objects.requireNonNull(workRoot, "workRoot");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  WorkerMetrics metrics() {
    return runner.metrics();
  }

  /**
   * Does a job.
   *
   * @return a report of every detector that the job names, or else of every one for its track,
   *     without the report of {@code metadata} and the provenance if resolution has already read
   *     them. A detector that the job names and this endpoint does not have abstains
   * @throws JobFailedException when the job can never succeed
   * @throws IOException when the medium cannot be written on this machine
   * @throws InterruptedException when the calling thread was interrupted
   */
  public JobReports detect(Job job) throws JobFailedException, IOException, InterruptedException {
    return detect(job, Instant.MAX);
  }

  /**
   * Does a job whose detectors must have ended at a certain time. Those that have not are reported
   * with {@link org.touchstone.domain.Reason#TIMEOUT}.
   *
   * @param latest when the detectors must have ended, if the limits allow them that long
   * @see #detect(Job)
   */
  public JobReports detect(Job job, Instant latest)
      throws JobFailedException, IOException, InterruptedException {
    Instant startedAt = clock.instant();
    MediaItem item = job.media();
    // Forced jobs too: a second delivery of one message must not double the load.
    var held = underWork.lock(new Content(item.sha256(), job.track()));
    try {
      DetectionResult result = work(job, latest);
      return new JobReports(
              job.analysisId(),
              item.id(),
              job.endpoint(),
              job.track(),
              result.reports(),
              result.provenance(),
              startedAt,
              clock.instant(),
              compute)
          .withWaveformKey(evidence.attachWaveform(job));
    } finally {
      held.release();
    }
  }

  private DetectionResult work(Job job, Instant latest)
      throws JobFailedException, IOException, InterruptedException {
    MediaItem item = job.media();
    List<Detector> detectors = detectors(job);
    List<Detector> forbidden =
        job.options().allowsThirdParties()
            ? List.of()
            : detectors.stream().filter(Detector::isThirdParty).toList();
    List<Detector> installed =
        detectors.stream()
            .filter(detector -> detector.isInstalled() && !forbidden.contains(detector))
            .toList();
    List<Detector> absent = detectors.stream().filter(detector -> !detector.isInstalled()).toList();

    Map<String, DetectorReport> reports = new HashMap<>();
    Optional<Provenance> provenance = Optional.empty();
    if (!job.options().force()) {
      Timer.Sample sample = metrics().start();
      reports.putAll(known.reports(item, job.track(), installed));
      provenance = job.metadataRead() ? Optional.empty() : known.provenance(item);
      metrics().stop(sample, Stage.CACHE);
    }
    List<Detector> missing =
        installed.stream().filter(detector -> !reports.containsKey(detector.name())).toList();
    if (!missing.isEmpty() || (!job.metadataRead() && provenance.isEmpty())) {
      DetectionResult found = evidence.keep(item, job.track(), fetchAndRun(job, missing, latest));
      known.save(item, job.track(), found);
      addTo(reports, found.reports());
      provenance = Optional.ofNullable(found.provenance());
    }
    addTo(reports, runner.notInstalled(item, job.track(), absent));
    addTo(reports, forbidden.stream().map(DetectionService::forbidden).toList());
    return new DetectionResult(
        detectors.stream()
            .map(detector -> evidence.attach(job, reports.get(detector.name())))
            .toList(),
        provenance.orElse(null));
  }

  private static DetectorReport forbidden(Detector detector) {
    return DetectorReport.abstained(
        detector.name(),
        detector.modelVersion(),
        detector.category(),
        Reason.NOT_ALLOWED,
        "It is done by another organisation, and this analysis lets nothing be sent to one.");
  }

  private List<Detector> detectors(Job job) {
    DetectorRegistry all = runner.registry();
    List<Detector> wanted =
        job.detectors() == null
            ? all.forTrack(job.track())
            : job.detectors().stream()
                .distinct()
                .map(name -> all.named(name, job.track(), UNKNOWN_HERE))
                .toList();
    return wanted.stream()
        .filter(detector -> job.options().wants(detector.name()))
        .filter(detector -> !(job.metadataRead() && detector.name().equals(METADATA)))
        .map(detector -> detector.inLanguage(job.options().language()))
        .toList();
  }

  private static void addTo(Map<String, DetectorReport> reports, List<DetectorReport> more) {
    more.forEach(report -> reports.put(report.detector(), report));
  }

  private DetectionResult fetchAndRun(Job job, List<Detector> detectors, Instant latest)
      throws JobFailedException, IOException, InterruptedException {
    try (DetectorRunner.Place place = runner.enter(job);
        WorkFolder folder = WorkFolder.in(workRoot)) {
      Path file = folder.file("medium");
      Timer.Sample sample = metrics().start();
      download(job.media(), file);
      metrics().stop(sample, Stage.DOWNLOAD);
      return place.run(file, job, detectors, Duration.between(clock.instant(), latest));
    }
  }

  private void download(MediaItem item, Path file) throws JobFailedException, IOException {
    if (item.bytes() > runner.limits().maxBytes()) {
      throw tooLarge(null);
    }
    try {
      media.download(item.s3(), file, runner.limits().maxBytes());
    } catch (NoSuchObjectException e) {
      throw new JobFailedException(
          JobFailedException.MEDIA_MISSING, "The medium is not in the store.", e);
    } catch (ObjectTooLargeException e) {
      throw tooLarge(e);
    }
    if (!Sha256.of(file).equals(item.sha256())) {
      throw new JobFailedException(
          JobFailedException.MEDIA_MISMATCH, "The stored medium has other bytes than expected.");
    }
  }

  private static JobFailedException tooLarge(ObjectTooLargeException cause) {
    return new JobFailedException(
        JobFailedException.MEDIA_TOO_LARGE, "The medium is too large for this endpoint.", cause);
  }

  private record Content(String sha256, Modality track) {}
}
