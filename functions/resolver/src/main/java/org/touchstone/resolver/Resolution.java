package org.touchstone.resolver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.voting.AnalysisEvidence;
import org.touchstone.domain.voting.MediaEvidence;
import org.touchstone.resolver.ingest.IngestedMedium;
import org.touchstone.resolver.ingest.IngestedPost;
import org.touchstone.resolver.ingest.ReadMetadata;
import org.touchstone.storage.Policies;
import org.touchstone.storage.RosterStore;

/** The result of a resolution: the media, their own claims about their origin, and their jobs. */
final class Resolution {
  private static final Logger LOG = Logger.getLogger(Resolution.class);

  private final JobPlanner planner;
  private final KnownMetadata known;
  private final RosterStore rosters;
  private final Policies policies;
  private final InstantSource clock;

  Resolution(
      JobPlanner planner,
      KnownMetadata known,
      RosterStore rosters,
      Policies policies,
      InstantSource clock) {
    this.planner = planner;
    this.known = known;
    this.rosters = rosters;
    this.policies = policies;
    this.clock = clock;
  }

  ResolvedMedia of(AnalysisRequest request, IngestedPost post) {
    Roster roster = planner.roster(roster(), request.options());
    List<MediaItem> items = new ArrayList<>();
    List<Job> jobs = new ArrayList<>();
    List<JobReports> reports = new ArrayList<>();
    for (IngestedMedium medium : post.media()) {
      MediaItem item = medium.item();
      Optional<ReadMetadata> read = metadata(request, medium);
      JobPlanner.Plan plan =
          planner.plan(request.id(), item, request.options(), read.isPresent(), roster);
      List<JobReports> own = new ArrayList<>();
      read.ifPresent(found -> own.addAll(reports(request, item, found)));
      plan.abstained()
          .forEach((track, abstained) -> own.add(own(request.id(), item, track, abstained)));
      ResolvedMedia ofItem =
          new ResolvedMedia(List.of(item), plan.jobs(), roster, own, clock.instant());
      if (!request.options().force() && read.isPresent() && isDecided(ofItem)) {
        ofItem = withoutJobs(request.id(), ofItem);
      }
      items.add(item);
      jobs.addAll(ofItem.jobs());
      reports.addAll(ofItem.reports());
    }
    return new ResolvedMedia(items, post.missing(), jobs, roster, reports, clock.instant());
  }

  private Roster roster() {
    try {
      return rosters.stored().orElseGet(Roster::bundled);
    } catch (RuntimeException e) {
      // Too large, not a roster, or S3 fails: the media are stored already, and must be judged.
      LOG.error("the stored roster cannot be read; the bundled one is used", e);
      return Roster.bundled();
    }
  }

  private Optional<ReadMetadata> metadata(AnalysisRequest request, IngestedMedium medium) {
    medium.metadata().ifPresent(read -> known.save(medium.item(), read));
    return medium.metadata().isPresent() || request.options().force()
        ? medium.metadata()
        : known.find(medium.item());
  }

  /**
   * A report for each track of the container, unless it is not asked for; provenance is claimed
   * once per container.
   */
  private List<JobReports> reports(AnalysisRequest request, MediaItem item, ReadMetadata read) {
    Instant now = clock.instant();
    List<DetectorReport> report =
        request.options().wantsMetadata() ? List.of(read.report()) : List.of();
    return item.tracks().stream()
        .map(
            track ->
                new JobReports(
                    request.id(),
                    item.id(),
                    ResolvedMedia.ENDPOINT,
                    track,
                    report,
                    track == item.modality() ? read.provenance() : null,
                    now,
                    now))
        .toList();
  }

  /** Resolution's reports on a track for detectors that are not asked. */
  private JobReports own(
      String analysisId, MediaItem item, Modality track, List<DetectorReport> reports) {
    Instant now = clock.instant();
    return new JobReports(
        analysisId, item.id(), ResolvedMedia.ENDPOINT, track, reports, null, now, now);
  }

  /** Whether the policy lets a still image skip the detectors; without a policy they run. */
  private boolean isDecided(ResolvedMedia ofItem) {
    MediaEvidence evidence = new AnalysisEvidence(ofItem, List.of()).media().getFirst();
    boolean scored =
        evidence.media().modality() == Modality.IMAGE
            && (!evidence.provenance().statements().isEmpty()
                || evidence.reports().stream().anyMatch(r -> r.report().score() != null));
    if (!scored) {
      return false;
    }
    try {
      return policies.current().skipsDetectors(evidence);
    } catch (RuntimeException e) {
      LOG.errorf("detectors are not skipped: %s", e.getMessage());
      return false;
    }
  }

  /**
   * The same media without jobs; each skipped detector gets a report, so that the vote shows it.
   */
  private ResolvedMedia withoutJobs(String analysisId, ResolvedMedia ofItem) {
    List<JobReports> reports = new ArrayList<>(ofItem.reports());
    for (AnalysisEvidence.Pending left : new AnalysisEvidence(ofItem, List.of()).pending()) {
      reports.add(
          own(
              analysisId,
              left.job().media(),
              left.job().track(),
              left.detectors().stream()
                  .map(
                      d ->
                          DetectorReport.abstained(
                              d.name(), d.modelVersion(), d.category(), Reason.NOT_NEEDED, null))
                  .toList()));
    }
    return new ResolvedMedia(
        ofItem.media(), List.of(), ofItem.roster(), reports, ofItem.resolvedAt());
  }
}
