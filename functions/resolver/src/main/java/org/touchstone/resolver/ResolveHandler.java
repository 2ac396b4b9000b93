package org.touchstone.resolver;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.billing.Spending;
import org.touchstone.domain.AnalysisInput.ChosenMedium;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.workflow.ResolveInput;
import org.touchstone.domain.workflow.ResolveOutput;
import org.touchstone.fetch.TimeBudget;
import org.touchstone.resolver.ingest.IngestedMedium;
import org.touchstone.resolver.ingest.IngestedPost;
import org.touchstone.resolver.ingest.MediaResolver;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaOwner;
import org.touchstone.storage.MediaStore;
import org.touchstone.telemetry.AnalysisScope;

/**
 * The workflow's first step. It may run several times for one analysis: every run answers with what
 * the first run stored. An input without media is a valid answer; an internal fault is thrown, and
 * the workflow tries again.
 */
@Named("resolve")
@ApplicationScoped
public class ResolveHandler implements RequestHandler<ResolveInput, ResolveOutput> {
  private static final Logger LOG = Logger.getLogger(ResolveHandler.class);

  /** Time needed after the last byte: probe, copy within S3, store the result. */
  private static final Duration TO_END = Duration.ofMinutes(1);

  /** Lambda's longest timeout; a larger value is not a real remaining time. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final AnalysisStore analyses;
  private final MediaResolver resolver;
  private final MediaStore media;
  private final Spending spending;
  private final Resolution resolution;
  private final InstantSource clock;
  private final ResolveMetrics metrics;

  @Inject
  public ResolveHandler(
      AnalysisStore analyses,
      MediaResolver resolver,
      MediaStore media,
      Spending spending,
      Resolution resolution,
      InstantSource clock,
      ResolveMetrics metrics) {
    this.analyses = analyses;
    this.resolver = resolver;
    this.media = media;
    this.spending = spending;
    this.resolution = resolution;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public ResolveOutput handleRequest(ResolveInput input, Context context) {
    try (AnalysisScope scope = AnalysisScope.of(input.analysisId())) {
      return resolve(input.analysisId(), context);
    }
  }

  private ResolveOutput resolve(String id, Context context) {
    Optional<AnalysisRequest> stored = analyses.request(id);
    if (stored.isEmpty() && analyses.tombstone(id).isPresent()) {
      return deleted(id);
    }
    AnalysisRequest request =
        stored.orElseThrow(() -> new IllegalStateException("no analysis with this id is stored"));
    Optional<ResolvedMedia> earlier = analyses.media(id);
    if (earlier.isPresent()) {
      return resolved(id, earlier.get());
    }
    analyses.markResolving(id, clock.instant());
    try {
      MediaOwner owner = new MediaOwner(request.accountId(), id);
      IngestedPost post =
          request.input().medium() == null
              ? shown(resolver.ingest(request.input(), owner, timeFor(context)))
              : resolvedBefore(request, owner);
      spending.permit(request, post.media().stream().map(IngestedMedium::item).toList());
      ResolvedMedia found = resolution.of(request, post);
      if (analyses.tombstone(id).isPresent()) {
        return deleted(id);
      }
      return resolved(id, analyses.saveMedia(id, found));
    } catch (ProblemException e) {
      if (!e.problem().type().isInputsFault()) {
        throw fault(request, e);
      }
      if (e.problem().type() != ProblemType.CAP_EXCEEDED) {
        metrics.failed(request.input(), e.problem().type());
      }
      return new ResolveOutput(id, false, List.of(), shown(e.problem()));
    } catch (IOException e) {
      throw fault(request, new UncheckedIOException("resolving failed", e));
    } catch (RuntimeException e) {
      throw fault(request, e);
    } catch (Error e) {
      throw EnvironmentFault.behind(e).map(found -> fault(request, found)).orElseThrow(() -> e);
    }
  }

  /**
   * The medium of another analysis, without following the link again: the same bytes are judged
   * that were shown. Only an analysis of the same account counts.
   */
  private IngestedPost resolvedBefore(AnalysisRequest request, MediaOwner owner) {
    ChosenMedium chosen = request.input().medium();
    MediaItem medium =
        analyses
            .request(chosen.analysisId())
            .filter(other -> other.accountId().equals(request.accountId()))
            .flatMap(other -> analyses.media(other.id()))
            .flatMap(
                all ->
                    all.media().stream()
                        .filter(item -> item.id().equals(chosen.mediaId()))
                        .findFirst())
            .orElseThrow(() -> new ProblemException(ProblemType.ANALYSIS_NOT_FOUND));
    if (!media.keep(owner, medium.sha256())) {
      throw new ProblemException(ProblemType.MEDIUM_NOT_FOUND);
    }
    return IngestedPost.of(List.of(new IngestedMedium(medium, Optional.empty())));
  }

  /**
   * The problem as the user sees it. Which names lead to addresses inside a private network, and
   * which to none, is not told apart: it would show which names exist there.
   */
  private static Problem shown(Problem problem) {
    return problem.type() == ProblemType.LINK_BLOCKED && problem.detail() == null
        ? Problem.of(ProblemType.FETCH_UNREACHABLE)
        : problem;
  }

  private static IngestedPost shown(IngestedPost post) {
    return new IngestedPost(
        post.media(),
        post.missing().stream()
            .map(missing -> new MissingMedium(missing.ordinal(), shown(missing.problem())))
            .toList());
  }

  /** Counts and logs a failure that is not the input's; the workflow tries again. */
  private RuntimeException fault(AnalysisRequest request, RuntimeException thrown) {
    Optional<EnvironmentFault> found = EnvironmentFault.behind(thrown);
    if (found.isPresent()) {
      LOG.error("this machine is at fault, not the medium: " + found.get().kind(), found.get());
      metrics.environmentFault();
    }
    ProblemType type =
        found.isPresent()
            ? ProblemType.ENVIRONMENT_FAULT
            : thrown instanceof ProblemException known
                ? known.problem().type()
                : ProblemType.INTERNAL;
    metrics.failed(request.input(), type);
    return found.<RuntimeException>map(fault -> fault).orElse(thrown);
  }

  private static TimeBudget timeFor(Context context) {
    return Optional.ofNullable(context)
        .map(lambda -> Duration.ofMillis(lambda.getRemainingTimeInMillis()))
        .filter(left -> left.isPositive() && left.compareTo(LONGEST) <= 0)
        .map(left -> TimeBudget.of(left.minus(TO_END)))
        .orElseGet(MediaResolver::longest);
  }

  /** The workflow goes on to record a failure, which for a deleted analysis does nothing. */
  private static ResolveOutput deleted(String id) {
    LOG.infof("analysis %s was deleted", id);
    return new ResolveOutput(id, false, List.of(), Problem.of(ProblemType.ANALYSIS_DELETED));
  }

  private static ResolveOutput resolved(String id, ResolvedMedia media) {
    return new ResolveOutput(id, true, JobPlanner.fitting(media.jobs()), null);
  }
}
