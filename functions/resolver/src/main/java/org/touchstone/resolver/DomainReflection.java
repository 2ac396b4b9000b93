package org.touchstone.resolver;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.workflow.ResolveInput;
import org.touchstone.domain.workflow.ResolveOutput;
import org.touchstone.resolver.probe.FfprobeReport;

/** What Jackson reads and writes here, for the native executable. */
@RegisterForReflection(
    targets = {
      AnalysisInput.class,
      AnalysisRequest.class,
      FfprobeReport.class,
      FfprobeReport.Disposition.class,
      FfprobeReport.Format.class,
      FfprobeReport.SideData.class,
      FfprobeReport.Tags.class,
      FfprobeReport.Track.class,
      Job.class,
      JobOptions.class,
      MediaItem.class,
      MediaSource.class,
      Modality.class,
      PostContext.class,
      Problem.class,
      ProblemType.class,
      ResolveInput.class,
      ResolveOutput.class,
      ResolvedMedia.class,
      S3Location.class
    },
    classNames = "org.touchstone.storage.AnalysisStore$Resolving")
final class DomainReflection {
  private DomainReflection() {}
}
