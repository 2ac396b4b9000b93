package org.touchstone.resolver;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.touchstone.resolver.probe.FfprobeReport;

/** The types Jackson reads from ffprobe's answer, registered for the native executable. */
@RegisterForReflection(
    targets = {
      FfprobeReport.class,
      FfprobeReport.Disposition.class,
      FfprobeReport.Format.class,
      FfprobeReport.SideData.class,
      FfprobeReport.Track.class
    })
final class ProbeReflection {
  private ProbeReflection() {}
}
