package org.touchstone.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.acceptance.Acceptance;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.storage.AnalysisFilter;
import org.touchstone.storage.AnalysisPage;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.PeoplesDecisions;
import org.touchstone.storage.Policies;
import org.touchstone.storage.Upload;
import org.touchstone.storage.UploadStore;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The API's logic, independent of HTTP: accepts analyses, permits uploads, and shows the state of
 * analyses.
 */
public final class AnalysisService {
  private static final Logger LOG = Logger.getLogger(AnalysisService.class);

  /** How long an analysis may wait for its workflow before it counts as never started. */
  private static final Duration START_AGAIN_AFTER = Duration.ofMinutes(1);

  private final Acceptance acceptance;
  private final AnalysisStore analyses;
  private final UploadStore uploads;
  private final Policies policies;
  private final PeoplesDecisions people;
  private final InstantSource clock;

  /**
   * @param policies the policy of preliminary verdicts
   * @param people what people say of media, which takes precedence over verdicts
   */
  public AnalysisService(
      Acceptance acceptance,
      AnalysisStore analyses,
      UploadStore uploads,
      Policies policies,
      PeoplesDecisions people,
      InstantSource clock) {
    this.acceptance = acceptance;
    this.analyses = analyses;
    this.uploads = uploads;
    this.policies = policies;
    this.people = people;
    this.clock = clock;
  }

  /**
   * Accepts an analysis; see {@link Acceptance#accept}.
   *
   * @return the analysis as it stands
   * @throws ProblemException when the input cannot be accepted
   */
  public Analysis create(AcceptRequest asked) {
    return find(asked.accountId(), acceptance.accept(asked).id());
  }

  /**
   * An analysis as it stands. An analysis that still waits long after it was accepted is started
   * again: its request may have died between storing and starting it.
   *
   * @throws ProblemException when the id is unknown, or belongs to another account
   */
  public Analysis get(String accountId, String id) {
    Analysis analysis = find(accountId, id);
    if (analysis.status() == AnalysisStatus.QUEUED
        && analysis.createdAt().plus(START_AGAIN_AFTER).isBefore(clock.instant())) {
      try {
        acceptance.start(id);
      } catch (SdkException e) {
        // The next request tries again.
        LOG.warnf("analysis %s could not be started again: %s", id, e.getClass().getSimpleName());
      }
    }
    return analysis;
  }

  /**
   * Checks that an analysis is an account's.
   *
   * @throws ProblemException when the id is unknown, or belongs to another account
   */
  public void check(String accountId, String id) {
    request(accountId, id).orElseThrow(() -> new ProblemException(ProblemType.ANALYSIS_NOT_FOUND));
  }

  private Optional<AnalysisRequest> request(String accountId, String id) {
    return Optional.of(id)
        .filter(Ids::isAnalysisId)
        .flatMap(analyses::request)
        .filter(request -> request.accountId().equals(accountId));
  }

  private Analysis find(String accountId, String id) {
    return request(accountId, id)
        .flatMap(request -> analyses.analysis(id, this::policy))
        .map(
            analysis ->
                analysis.with(
                    people.of(accountId, analysis.media(), analysis.verdict()).orElse(null)))
        .orElseThrow(() -> new ProblemException(ProblemType.ANALYSIS_NOT_FOUND));
  }

  /**
   * The policy of preliminary verdicts. Without one, all parts but the preliminary verdict are
   * shown.
   */
  private Optional<VotingPolicy> policy() {
    try {
      return Optional.of(policies.current());
    } catch (RuntimeException e) {
      LOG.errorf("no preliminary verdict: %s", e.getMessage());
      return Optional.empty();
    }
  }

  /** The names of the parts of an analysis that exist: it changes with them. */
  public Set<String> parts(String id) {
    return analyses.parts(id);
  }

  /** An account's analyses, newest first. */
  public AnalysisPage list(String accountId, AnalysisFilter filter, String cursor, int limit) {
    return people.list(accountId, filter, cursor, limit);
  }

  /** A permission to upload a file of exactly this many bytes. */
  public Upload createUpload(String contentType, long bytes) {
    return uploads.create(contentType, bytes);
  }
}
