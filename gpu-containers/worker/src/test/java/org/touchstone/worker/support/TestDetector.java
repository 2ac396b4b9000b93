package org.touchstone.worker.support;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ReportTimings;

/** A detector that does what a test says and counts how often it did. */
public final class TestDetector implements Detector {
  private final String name;
  private final String version;
  private final Function<MediaContext, DetectorReport> behaviour;
  private final AtomicInteger runs = new AtomicInteger();

  public TestDetector(
      String name, String version, Function<MediaContext, DetectorReport> behaviour) {
    this.name = name;
    this.version = version;
    this.behaviour = behaviour;
  }

  /** Gives the same score to everything. */
  public static TestDetector scoring(String name, String version, double score) {
    return new TestDetector(name, version, media -> scored(name, version, score));
  }

  public static DetectorReport scored(String name, String version, double score) {
    return DetectorReport.scored(
        name, version, Category.FORENSIC, score, Evidence.NONE, ReportTimings.ZERO);
  }

  public int runs() {
    return runs.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String modelVersion() {
    return version;
  }

  @Override
  public Category category() {
    return Category.FORENSIC;
  }

  @Override
  public Set<Modality> tracks() {
    return Set.of(Modality.IMAGE);
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    runs.incrementAndGet();
    return behaviour.apply(media);
  }
}
