package org.touchstone.detectors.context;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.EnvironmentFault.Kind;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.models.ModelException;

/**
 * Runs detectors on a medium, one after another so that the later ones find frames and faces ready.
 * Whatever a detector does, it ends in a report.
 */
public final class DetectionRun {
  private static final Logger LOG = System.getLogger(DetectionRun.class.getName());

  /**
   * One report per detector, in the detectors' order. A detector that has not finished when the
   * limit is over is interrupted. It and those after it are reported as failed with {@link
   * Reason#TIMEOUT}. When the calling thread is interrupted, the detectors are stopped, the missing
   * reports are likewise failed ones, and the thread stays interrupted.
   *
   * @param limit for all of them together
   */
  public List<DetectorReport> run(MediaContext media, List<Detector> detectors, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    BlockingQueue<DetectorReport> done = new LinkedBlockingQueue<>();
    // A platform thread: decoders and networks run in native code, which would pin a virtual one.
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .name("detect-" + media.item().id())
            .start(() -> detectAll(media, detectors, done));
    List<DetectorReport> reports = new ArrayList<>(detectors.size());
    try {
      for (Detector detector : detectors) {
        DetectorReport report = done.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (report == null) {
          break;
        }
        reports.add(report);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.interrupt();
    for (Detector late : detectors.subList(reports.size(), detectors.size())) {
      reports.add(failed(late, Reason.TIMEOUT, "It did not finish in time."));
    }
    return List.copyOf(reports);
  }

  /** What the medium proves or says about its origin. Unreadable metadata counts as missing. */
  public Provenance provenance(MediaContext media) {
    return media.provenance();
  }

  private static void detectAll(
      MediaContext media, List<Detector> detectors, BlockingQueue<DetectorReport> done) {
    for (Detector detector : detectors) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      done.add(detect(media, detector));
    }
  }

  private static DetectorReport detect(MediaContext media, Detector detector) {
    if (!detector.tracks().contains(media.track())) {
      return abstained(detector, Reason.NOT_APPLICABLE, "It does not look at this track.");
    }
    Duration decodedBefore = media.decodeTime();
    long start = System.nanoTime();
    DetectorReport report = guarded(media, detector);
    Duration decode = media.decodeTime().minus(decodedBefore);
    Duration whole = Duration.ofNanos(System.nanoTime() - start);
    return report.withTimings(
        new ReportTimings(decode.toMillis(), Math.max(0, whole.minus(decode).toMillis())));
  }

  private static DetectorReport guarded(MediaContext media, Detector detector) {
    try {
      return detector.detect(media);
    } catch (DetectionException e) {
      Optional<EnvironmentFault> fault = EnvironmentFault.behind(e);
      if (fault.isPresent() || e.reason() == Reason.ENVIRONMENT) {
        return ofEnvironment(detector, fault.map(EnvironmentFault::kind).orElse(Kind.DISK), e);
      }
      return e.isFault()
          ? failed(detector, e.reason(), e.getMessage())
          : abstained(detector, e.reason(), e.getMessage());
    } catch (ModelException e) {
      // Models were checked when they were installed: their files were damaged or lost since.
      return ofEnvironment(detector, Kind.MODELS, e);
    } catch (RuntimeException | Error e) {
      Optional<EnvironmentFault> fault = EnvironmentFault.behind(e);
      if (fault.isPresent()) {
        return ofEnvironment(detector, fault.get().kind(), e);
      }
      // Whatever it is, also endless recursion, it ends one report,
      // not the worker, for whom the caller would wait until the limit is over.
      LOG.log(Level.ERROR, () -> "detector " + detector.name() + " failed", e);
      return failed(detector, Reason.ERROR, "It failed unexpectedly.");
    }
  }

  /** A fault of this machine, which says nothing about the medium. */
  private static DetectorReport ofEnvironment(Detector detector, Kind kind, Throwable cause) {
    LOG.log(
        Level.ERROR,
        () -> "this machine is at fault: " + kind + ", met by detector " + detector.name(),
        cause);
    return failed(detector, Reason.ENVIRONMENT, kind.sentence());
  }

  private static DetectorReport abstained(Detector detector, Reason reason, String detail) {
    return DetectorReport.abstained(
        detector.name(), detector.modelVersion(), detector.category(), reason, detail);
  }

  private static DetectorReport failed(Detector detector, Reason reason, String detail) {
    return DetectorReport.failed(
        detector.name(), detector.modelVersion(), detector.category(), reason, detail);
  }
}
