package org.touchstone.acceptance;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.touchstone.billing.Spending;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.link.LinkFinder;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.Leases;
import org.touchstone.storage.UploadStore;
import org.touchstone.telemetry.AnalysisScope;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Accepts analyses and starts their executions. The API uses it, and so do batches. */
public final class Acceptance {
  private static final Logger LOG = Logger.getLogger(Acceptance.class);

  private static final int MAX_IDEMPOTENCY_KEY_LENGTH = 255;
  private static final int MAX_FILE_NAME_LENGTH = 255;

  /** How long the first request with an idempotency key is waited for, if it has died. */
  private static final Duration IN_FLIGHT = Duration.ofSeconds(60);

  private static final int ASK_AGAIN_SECONDS = 2;

  private final AnalysisStore analyses;
  private final Spending spending;
  private final Leases leases;
  private final UploadStore uploads;
  private final AccountStore accounts;
  private final SfnClient stepFunctions;
  private final String stateMachineArn;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Metrics metrics;

  /**
   * @param stateMachineArn the analysis workflow
   * @param random a cryptographically strong source, so that ids cannot be guessed
   */
  public Acceptance(
      AnalysisStore analyses,
      Spending spending,
      Leases leases,
      UploadStore uploads,
      AccountStore accounts,
      SfnClient stepFunctions,
      String stateMachineArn,
      InstantSource clock,
      RandomGenerator random,
      Metrics metrics) {
    this.analyses = analyses;
    this.spending = spending;
    this.leases = leases;
    this.uploads = uploads;
    this.accounts = accounts;
    this.stepFunctions = stepFunctions;
    this.stateMachineArn = stateMachineArn;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * Accepts an analysis. With an idempotency key, or as a batch's line, any number of calls give
   * one analysis and one execution. If a call dies between storing and starting, the next call
   * starts the execution.
   *
   * <p>Of several calls with one idempotency key at once, the first is answered; the others are
   * told to ask again, until the first has stored its request, has failed, or is taken for dead
   * after a minute.
   *
   * @return the request as it is stored, possibly by an earlier call
   * @throws ProblemException when the input cannot be accepted
   */
  public AnalysisRequest accept(AcceptRequest asked) {
    String id = id(asked);
    boolean isKnown = asked.mayBeRepeated() && analyses.request(id).isPresent();
    return isKnown || asked.idempotencyKey() == null
        ? accept(id, asked, isKnown)
        : acceptFirst(id, asked);
  }

  private AnalysisRequest acceptFirst(String id, AcceptRequest asked) {
    Leases.Lease first =
        leases
            .takeRequest(id, IN_FLIGHT)
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Problem(ProblemType.REQUEST_IN_FLIGHT, null, ASK_AGAIN_SECONDS)));
    try {
      return accept(id, asked, false);
    } catch (RuntimeException e) {
      free(first);
      throw e;
    }
  }

  private void free(Leases.Lease first) {
    try {
      leases.release(first);
    } catch (SdkException e) {
      LOG.warnf("a failed request stays in flight: %s", e.getClass().getSimpleName());
    }
  }

  private AnalysisRequest accept(String id, AcceptRequest asked, boolean isKnown) {
    if (!isKnown) {
      requireSubscription(asked.accountId());
    }
    requireName(asked.input().fileName());
    JobOptions options = asked.options().withLanguage(language(asked.options().language()));
    AnalysisInput input = checked(asked.input());
    try (AnalysisScope scope = AnalysisScope.of(id)) {
      AnalysisRequest request =
          new AnalysisRequest(
              id,
              asked.accountId(),
              asked.keyId(),
              input,
              options,
              clock.instant(),
              asked.callbackUrl(),
              asked.retention(),
              asked.batch());
      // A known one was reserved before it was stored.
      Optional<Spending.Reservation> reserved =
          isKnown
              ? Optional.empty()
              : spending.reserve(asked.accountId(), id, options, request.createdAt());
      AnalysisRequest stored = store(request, reserved);
      if (analyses.outcome(id).isEmpty()) {
        startNew(stored, asked.mayBeRepeated());
      }
      if (stored.equals(request)) {
        metrics.count(Metric.ANALYSES_ACCEPTED);
      }
      return stored;
    }
  }

  private void requireSubscription(String accountId) {
    if (accounts.find(accountId).map(Account::endedAt).isPresent()) {
      throw new ProblemException(ProblemType.ACCOUNT_ENDED);
    }
  }

  /** Stores a request. If another one is stored already, that one has its own reservation. */
  private AnalysisRequest store(AnalysisRequest request, Optional<Spending.Reservation> reserved) {
    try {
      AnalysisRequest stored = analyses.create(request);
      if (!stored.equals(request)) {
        reserved.ifPresent(spending::withdraw);
      }
      return stored;
    } catch (ProblemException e) {
      reserved.ifPresent(spending::withdraw);
      throw e;
    }
    // After any other fault it may be stored: the sweep of reservations looks.
  }

  /**
   * Starts the execution of a stored analysis; does nothing when it was started before.
   *
   * @throws SdkException when it cannot be started now
   */
  public void start(String id) {
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

  private void startNew(AnalysisRequest request, boolean mayBeAskedForAgain) {
    try {
      start(request.id());
    } catch (SdkException e) {
      if (!mayBeAskedForAgain) {
        // A failed analysis is better than one that waits for ever.
        Problem problem = Problem.of(ProblemType.INTERNAL, "The analysis could not be started.");
        AnalysisOutcome outcome =
            analyses.saveOutcome(request.id(), new AnalysisOutcome(null, problem, clock.instant()));
        spending.end(request, List::of, outcome);
      }
      throw e;
    }
  }

  /** The input, with its text reduced to the link; the resolver judges the rest. */
  private AnalysisInput checked(AnalysisInput input) {
    if (input.uploadId() == null) {
      return new AnalysisInput(
          LinkFinder.find(input.url()), null, input.fileName(), input.medium());
    }
    uploads
        .head(input.uploadId())
        .orElseThrow(() -> new ProblemException(ProblemType.UPLOAD_NOT_FOUND));
    return input;
  }

  /** The canonical form of a language's tag; null when none is given. */
  private static String language(String tag) {
    return tag == null
        ? null
        : LanguageTag.canonical(tag)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.REQUEST_INVALID,
                        "language must be a BCP 47 tag of a language, such as de or pt-BR."));
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

  private String id(AcceptRequest asked) {
    if (asked.batch() != null) {
      return AcceptRequest.idOf(asked.accountId(), asked.batch());
    }
    String key = asked.idempotencyKey();
    if (key == null) {
      return Ids.analysisId(clock.instant(), random);
    }
    if (key.isBlank() || key.length() > MAX_IDEMPOTENCY_KEY_LENGTH) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "An idempotency key has 1 to " + MAX_IDEMPOTENCY_KEY_LENGTH + " characters.");
    }
    return Ids.analysisIdFor(asked.accountId(), key);
  }
}
