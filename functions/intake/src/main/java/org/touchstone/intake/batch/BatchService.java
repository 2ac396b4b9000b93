package org.touchstone.intake.batch;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchProgress;
import org.touchstone.domain.batch.BatchSummary;
import org.touchstone.domain.batch.BatchTask;
import org.touchstone.domain.files.Sha256;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.DownloadLink;
import org.touchstone.storage.Ids;
import software.amazon.awssdk.core.exception.SdkException;

/** Batches, independent of HTTP. Their analyses are started by {@code functions/batches}. */
final class BatchService {
  private static final Logger LOG = Logger.getLogger(BatchService.class);

  private static final int MAX_IDEMPOTENCY_KEY_LENGTH = 255;

  /** A batch that nobody has looked at for so long has lost its message. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  /** Of a look that is not one of the chain that keeps a batch going. */
  private static final int NO_TICK = -1;

  private final BatchStore batches;
  private final BatchQueue queue;
  private final BatchReader reader;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** How the results of a batch are written. */
  enum Format {
    CSV("text/csv; charset=utf-8"),
    JSON("application/json");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }
  }

  /**
   * @param random a cryptographically strong source, so that ids cannot be guessed
   */
  BatchService(
      BatchStore batches,
      BatchQueue queue,
      BatchReader reader,
      InstantSource clock,
      RandomGenerator random) {
    this.batches = batches;
    this.queue = queue;
    this.reader = reader;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Accepts a batch. With an idempotency key, any number of calls give one batch; if a call dies
   * before the batch is begun, the next begins it.
   *
   * @param body CSV or JSON
   * @param idempotencyKey the caller's key, or null
   * @throws ProblemException when it cannot be accepted as a whole
   */
  BatchSummary create(
      String accountId, String keyId, byte[] body, boolean isCsv, String idempotencyKey) {
    String id = id(accountId, idempotencyKey);
    BatchReader.Lines lines = isCsv ? reader.csv(body) : reader.json(body);
    Batch batch =
        batches.create(
            new Batch(
                id,
                accountId,
                keyId,
                clock.instant(),
                lines.options(),
                lines.items(),
                lines.wrong()),
            sha256(body));
    queue.send(new BatchTask(accountId, batch.id(), 0), Duration.ZERO);
    return shown(accountId, batch.id());
  }

  /**
   * A batch as it stands. One that nobody has looked at for a long time is looked at again: its
   * message may have been lost.
   *
   * @throws ProblemException when the id is unknown, or belongs to another account
   */
  BatchSummary get(String accountId, String id) {
    BatchSummary summary = shown(accountId, id);
    batches
        .progress(accountId, id)
        .map(BatchStore.StoredProgress::value)
        .filter(this::isForgotten)
        .ifPresent(progress -> lookAgain(accountId, id, progress));
    return summary;
  }

  private boolean isForgotten(BatchProgress progress) {
    Instant due = progress.tickedAt().plus(FORGOTTEN_AFTER);
    return progress.endedAt() == null && due.isBefore(clock.instant());
  }

  private void lookAgain(String accountId, String id, BatchProgress progress) {
    try {
      queue.send(new BatchTask(accountId, id, progress.tick()), Duration.ZERO);
    } catch (SdkException e) {
      // The next request tries again.
      LOG.warnf("batch %s could not be looked at: %s", id, e.getClass().getSimpleName());
    }
  }

  /** An account's batches, newest first, without their wrong lines. */
  BatchStore.Page list(String accountId, String cursor, int limit) {
    return batches.list(accountId, cursor, limit);
  }

  /**
   * Has nothing more of a batch started. What was started goes on.
   *
   * @throws ProblemException when the id is unknown, or belongs to another account
   */
  BatchSummary cancel(String accountId, String id) {
    BatchSummary before = shown(accountId, id);
    if (before.endedAt() != null) {
      return before;
    }
    batches.cancel(accountId, id, clock.instant());
    queue.send(new BatchTask(accountId, id, NO_TICK), Duration.ZERO);
    return shown(accountId, id);
  }

  /**
   * The results of a batch so far, as a file.
   *
   * @throws ProblemException when the id is unknown, or belongs to another account
   */
  DownloadLink results(String accountId, String id, Format format) {
    Batch batch =
        batches
            .find(accountId, id)
            .orElseThrow(() -> new ProblemException(ProblemType.BATCH_NOT_FOUND));
    BatchProgress progress =
        batches
            .progress(accountId, id)
            .map(BatchStore.StoredProgress::value)
            .orElseGet(() -> BatchProgress.of(batch));
    List<BatchResults.Row> rows = BatchResults.rows(batch, progress);
    return switch (format) {
      case CSV ->
          batches.saveResults(accountId, id, "csv", format.contentType, BatchResults.csv(rows));
      case JSON ->
          batches.saveResults(
              accountId, id, "json", format.contentType, BatchResults.json(id, rows));
    };
  }

  private BatchSummary shown(String accountId, String id) {
    return batches
        .summary(accountId, id)
        .orElseThrow(() -> new ProblemException(ProblemType.BATCH_NOT_FOUND));
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
    return Ids.analysisIdFor(accountId, "batches/" + idempotencyKey);
  }

  private static String sha256(byte[] body) {
    MessageDigest digest = Sha256.digest();
    digest.update(body);
    return Sha256.hex(digest);
  }
}
