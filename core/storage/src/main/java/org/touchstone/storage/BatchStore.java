package org.touchstone.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchProgress;
import org.touchstone.domain.batch.BatchSummary;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Batches. Each has an object that never changes but for the links of analyses that are deleted
 * ({@link BatchLinks}), one with how far it is, which is replaced only if unchanged, and a mark
 * when it was cancelled.
 */
public final class BatchStore {
  /** Validity of a link to a file of results. */
  public static final Duration LINK_LIFETIME = Duration.ofMinutes(15);

  private static final String JSON = "application/json";
  private static final String BATCH = "batch.json";
  private static final String PROGRESS = "progress.json";
  private static final String CANCELLED = "cancelled.json";
  private static final String RESULTS = "results.";
  private static final Pattern CURSOR = Pattern.compile("[0-9]{15}-(" + Ids.ID + ")");

  private final ObjectStore objects;
  private final S3Presigner presigner;

  public BatchStore(ObjectStore objects, S3Presigner presigner) {
    this.objects = objects;
    this.presigner = presigner;
  }

  /**
   * A batch as it is stored.
   *
   * @param request SHA-256 of what was sent, so that another request with the same key is noticed
   */
  record StoredBatch(Batch batch, String request) {}

  /** When a batch was cancelled. */
  record Cancelled(Instant at) {}

  /**
   * How far a batch is, with the version to replace.
   *
   * @param eTag the version that was read
   */
  public record StoredProgress(BatchProgress value, String eTag) {}

  /**
   * Some of an account's batches, newest first.
   *
   * @param nextCursor where the next page starts; absent on the last page
   */
  public record Page(List<BatchSummary> items, String nextCursor) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * Stores a batch. Calls with the same id and request give one batch; a call that died half-way is
   * completed by the next.
   *
   * @param request SHA-256 of what was sent
   * @return the batch as it is stored, possibly by an earlier call
   * @throws ProblemException {@link ProblemType#IDEMPOTENCY_CONFLICT} when the id was given to
   *     another request
   */
  public Batch create(Batch batch, String request) {
    String key = key(batch.accountId(), batch.id(), BATCH);
    Batch stored = batch;
    if (!objects.createIfAbsent(key, Json.bytes(new StoredBatch(batch, request)), JSON)) {
      StoredBatch earlier =
          objects
              .read(key)
              .map(object -> Json.read(object.body(), StoredBatch.class))
              .orElseThrow(() -> new IllegalStateException("the batch was deleted meanwhile"));
      if (!earlier.request().equals(request)) {
        throw new ProblemException(ProblemType.IDEMPOTENCY_CONFLICT);
      }
      stored = earlier.batch();
    }
    objects.createIfAbsent(
        key(batch.accountId(), batch.id(), PROGRESS), Json.bytes(BatchProgress.of(stored)), JSON);
    objects.put(
        Keys.accountBatch(batch.accountId(), stored.id(), stored.createdAt()),
        new byte[0],
        "text/plain");
    return stored;
  }

  /** A batch of an account; empty when there is none of that id. */
  public Optional<Batch> find(String accountId, String id) {
    return read(accountId, id, BATCH)
        .map(object -> Json.read(object.body(), StoredBatch.class).batch());
  }

  /** How far a batch is; empty when there is none of that id. */
  public Optional<StoredProgress> progress(String accountId, String id) {
    return read(accountId, id, PROGRESS)
        .map(
            object ->
                new StoredProgress(Json.read(object.body(), BatchProgress.class), object.eTag()));
  }

  /**
   * Replaces how far a batch is.
   *
   * @param read what was read before
   * @return false when somebody else replaced it meanwhile
   */
  public boolean replace(String accountId, String id, StoredProgress read, BatchProgress now) {
    return now.equals(read.value())
        || objects.replace(key(accountId, id, PROGRESS), Json.bytes(now), JSON, read.eTag());
  }

  /** Has nothing more of a batch started. The first call's instant is kept. */
  public void cancel(String accountId, String id, Instant at) {
    objects.createIfAbsent(key(accountId, id, CANCELLED), Json.bytes(new Cancelled(at)), JSON);
  }

  /** Whether nothing more of a batch is to be started. */
  public boolean isCancelled(String accountId, String id) {
    return objects.head(key(accountId, id, CANCELLED)).isPresent();
  }

  /** A batch as the API shows it, with its wrong lines; empty when there is none of that id. */
  public Optional<BatchSummary> summary(String accountId, String id) {
    return progress(accountId, id)
        .flatMap(
            progress ->
                find(accountId, id)
                    .map(
                        batch ->
                            BatchSummary.of(
                                id, progress.value(), isCancelled(accountId, id), batch.wrong())));
  }

  /**
   * An account's batches, newest first, without their wrong lines.
   *
   * @param cursor {@link Page#nextCursor} of the page before; absent for the first page
   * @param limit maximum number of batches, 1 to 100
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  public Page list(String accountId, String cursor, int limit) {
    Entries page = Entries.read(objects, Keys.accountBatches(accountId), CURSOR, cursor, limit);
    List<String> ids = page.names().stream().map(name -> name.group(1)).toList();
    return new Page(
        Parallel.map(
                ids,
                id ->
                    progress(accountId, id)
                        .map(
                            progress ->
                                BatchSummary.of(
                                    id, progress.value(), isCancelled(accountId, id), null)))
            .stream()
            .flatMap(Optional::stream)
            .toList(),
        page.nextCursor());
  }

  /**
   * Stores a file of a batch's results in place of an earlier one.
   *
   * @param format the ending of its name: csv or json
   * @param contentType its media type
   * @return a link to it, by which it is saved and not shown as a page
   */
  public DownloadLink saveResults(
      String accountId, String id, String format, String contentType, byte[] body) {
    String key = key(accountId, id, RESULTS + format);
    objects.put(key, body, contentType);
    String fileName = "batch-" + id + "." + format;
    return DownloadLink.to(presigner, objects.bucket(), key, contentType, fileName, LINK_LIFETIME);
  }

  private Optional<StoredObject> read(String accountId, String id, String name) {
    return Ids.isAnalysisId(id) ? objects.read(key(accountId, id, name)) : Optional.empty();
  }

  static String batchKey(String accountId, String id) {
    return key(accountId, id, BATCH);
  }

  /** What the keys of a batch's files of results begin with. */
  static String resultsKey(String accountId, String id) {
    return key(accountId, id, RESULTS);
  }

  private static String key(String accountId, String id, String name) {
    return Keys.batch(accountId, id) + name;
  }
}
