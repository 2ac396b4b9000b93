package org.touchstone.intake;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.LinkFinder;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.storage.AnalysisPage;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.Policies;
import org.touchstone.storage.Upload;
import org.touchstone.storage.UploadStore;
import org.touchstone.telemetry.AnalysisScope;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/**
 * The API's logic, independent of HTTP: accepts analyses and starts their executions, permits
 * uploads, and shows the state of analyses.
 */
public final class AnalysisService {
  private static final Logger LOG = Logger.getLogger(AnalysisService.class);

  private static final int MAX_IDEMPOTENCY_KEY_LENGTH = 255;
  private static final int MAX_FILE_NAME_LENGTH = 255;
  private static final int MAX_PAGE = 100;

  /** How long an analysis may wait for its workflow before it counts as never started. */
  private static final Duration START_AGAIN_AFTER = Duration.ofMinutes(1);

  private final AnalysisStore analyses;
  private final UploadStore uploads;
  private final Policies policies;
  private final SfnClient stepFunctions;
  private final String stateMachineArn;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Metrics metrics;

  /**
   * @param policies the policy of preliminary verdicts
   * @param stateMachineArn the analysis workflow
   * @param random a cryptographically strong source, so that ids cannot be guessed
   */
  public AnalysisService(
      AnalysisStore analyses,
      UploadStore uploads,
      Policies policies,
      SfnClient stepFunctions,
      String stateMachineArn,
      InstantSource clock,
      RandomGenerator random,
      Metrics metrics) {
    this.analyses = analyses;
    this.uploads = uploads;
    this.policies = policies;
    this.stepFunctions = stepFunctions;
    this.stateMachineArn = stateMachineArn;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * Accepts an analysis. With an idempotency key, any number of calls give one analysis and one
   * execution. If a call dies between storing and starting, the next call starts the execution.
   *
   * @param accountId the account that owns it and pays for it
   * @param keyId the id of the key by which it is asked for
   * @param given an upload, or a pasted text with one link in it
   * @param idempotencyKey the caller's key, or null
   * @return the analysis as it stands
   * @throws ProblemException when the input cannot be accepted
   */
  public Analysis create(
      String accountId,
      String keyId,
      AnalysisInput given,
      JobOptions options,
      String idempotencyKey) {
    requireName(given.fileName());
    AnalysisInput input = checked(given);
    String id = id(accountId, idempotencyKey);
    try (AnalysisScope scope = AnalysisScope.of(id)) {
      AnalysisRequest request =
          new AnalysisRequest(id, accountId, keyId, input, options, clock.instant());
      AnalysisRequest stored = analyses.create(request);
      if (analyses.outcome(id).isEmpty()) {
        startNew(id, idempotencyKey != null);
      }
      if (stored.equals(request)) {
        metrics.count(Metric.ANALYSES_ACCEPTED);
      }
      return find(accountId, id);
    }
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
        start(id);
      } catch (SdkException e) {
        // The next request tries again.
        LOG.warnf("analysis %s could not be started again: %s", id, e.getClass().getSimpleName());
      }
    }
    return analysis;
  }

  private Analysis find(String accountId, String id) {
    return Optional.of(id)
        .filter(Ids::isAnalysisId)
        .flatMap(analyses::request)
        .filter(request -> request.accountId().equals(accountId))
        .flatMap(request -> analyses.analysis(id, this::policy))
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

  /** An account's analyses, newest first. */
  public AnalysisPage list(String accountId, String cursor, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "limit must be between 1 and " + MAX_PAGE + ".");
    }
    return analyses.list(accountId, cursor, limit);
  }

  /** A permission to upload a file of exactly this many bytes. */
  public Upload createUpload(String contentType, long bytes) {
    return uploads.create(contentType, bytes);
  }

  /** The input, with its text reduced to the link; the resolver judges the rest. */
  private AnalysisInput checked(AnalysisInput input) {
    if (input.uploadId() == null) {
      return new AnalysisInput(LinkFinder.find(input.url()), null, input.fileName());
    }
    uploads
        .head(input.uploadId())
        .orElseThrow(() -> new ProblemException(ProblemType.UPLOAD_NOT_FOUND));
    return input;
  }

  private static void requireName(String fileName) {
    if (fileName == null) {
      return;
    }
    boolean isOk =
        !fileName.isBlank()
            && fileName.length() <= MAX_FILE_NAME_LENGTH
            && fileName.chars().noneMatch(c -> Character.isISOControl(c));
    if (!isOk) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "A file name has 1 to "
              + MAX_FILE_NAME_LENGTH
              + " characters, and no control characters.");
    }
  }

  private String id(String accountId, String idempotencyKey) {
    if (idempotencyKey == null) {
      return Ids.analysisId(clock.instant(), random);
    }
    if (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_IDEMPOTENCY_KEY_LENGTH) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "An idempotency key has 1 to " + MAX_IDEMPOTENCY_KEY_LENGTH + " characters.");
    }
    return Ids.analysisIdFor(accountId, idempotencyKey);
  }

  private void startNew(String id, boolean mayBeAskedForAgain) {
    try {
      start(id);
    } catch (SdkException e) {
      if (!mayBeAskedForAgain) {
        // A failed analysis is better than one that waits for ever.
        Problem problem = Problem.of(ProblemType.INTERNAL, "The analysis could not be started.");
        analyses.saveOutcome(id, new AnalysisOutcome(null, problem, clock.instant()));
      }
      throw e;
    }
  }

  private void start(String id) {
    try {
      stepFunctions.startExecution(
          r ->
              r.stateMachineArn(stateMachineArn)
                  .name(id)
                  .input(Json.string(new ExecutionInput(id))));
    } catch (ExecutionAlreadyExistsException e) {
      // It has ended, or a call with the same idempotency key has started it: there is nothing left
      // to start.
    }
  }

  /** The workflow's input; all other data are in the store. */
  @RegisterForReflection
  record ExecutionInput(String analysisId) {}
}
