package org.touchstone.detectors.decode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.provenance.ContainerTags;

/** Reads the tags of audio and video containers, including damaged ones. */
public final class ContainerTagReader {
  private static final Logger LOG = System.getLogger(ContainerTagReader.class.getName());

  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  private ContainerTagReader() {}

  /** The tags that can be read within ten seconds. */
  public static ContainerTags read(Path file) {
    Deadline deadline = Deadline.in(MAX_TIME);
    List<ContainerTags.Tag> tags = List.of();
    try (MediaFile media = MediaFile.open(file, deadline)) {
      tags = media.tags();
      return new ContainerTags(tags, !deadline.passed());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "unreadable tags", e);
      boolean late = e instanceof DetectionException known && known.reason() == Reason.TIMEOUT;
      return new ContainerTags(tags, !late);
    }
  }
}
