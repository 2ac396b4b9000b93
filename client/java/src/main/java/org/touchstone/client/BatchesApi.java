package org.touchstone.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.BatchPage;
import org.touchstone.client.model.BatchStatus;
import org.touchstone.client.model.BatchSummary;
import org.touchstone.client.model.DownloadLink;
import org.touchstone.client.model.Options;

/** Many links at once: at most 1,000 lines and 5 MB. */
public final class BatchesApi {
  private static final String PATH = "/v1/batches";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final Transport transport;

  BatchesApi(Transport transport) {
    this.transport = transport;
  }

  /** The form of a file of results. */
  public enum Format {
    CSV,
    JSON
  }

  /**
   * Asks for the analyses of links. The lines that are wrong are named in the answer.
   *
   * @param options of all of them; null for the defaults
   */
  public CompletableFuture<BatchSummary> create(List<String> links, Options options) {
    return create(links, options, UUID.randomUUID().toString());
  }

  /**
   * Asks for the analyses of links.
   *
   * @param options of all of them; null for the defaults
   * @param idempotencyKey requests of one account with the same key give one batch
   */
  public CompletableFuture<BatchSummary> create(
      List<String> links, Options options, String idempotencyKey) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("items", List.copyOf(links));
    if (options != null) {
      body.put("options", options);
    }
    return create(ClientJson.bytes(body), "application/json", idempotencyKey);
  }

  /**
   * Asks for the analyses of the links in a CSV: in the column url or link, or else in the first
   * one; the column language may name the language that is spoken.
   */
  public CompletableFuture<BatchSummary> createFromCsv(String csv) {
    return createFromCsv(csv, UUID.randomUUID().toString());
  }

  /**
   * Asks for the analyses of the links in a CSV.
   *
   * @param idempotencyKey requests of one account with the same key give one batch
   */
  public CompletableFuture<BatchSummary> createFromCsv(String csv, String idempotencyKey) {
    return create(csv.getBytes(StandardCharsets.UTF_8), "text/csv", idempotencyKey);
  }

  private CompletableFuture<BatchSummary> create(
      byte[] body, String contentType, String idempotencyKey) {
    return transport.send(
        Call.post(PATH, body, contentType).with("Idempotency-Key", idempotencyKey).asRepeatable(),
        BatchSummary.class);
  }

  /** The account's batches, newest first. */
  public CompletableFuture<BatchPage> list(PageQuery page) {
    return transport.send(Call.get(page.addTo(new Call.Query()).on(PATH)), BatchPage.class);
  }

  /** How far a batch is. */
  public CompletableFuture<BatchSummary> get(String id) {
    return transport.send(Call.get(path(id)), BatchSummary.class);
  }

  /** Cancels what has not been started. */
  public CompletableFuture<BatchSummary> cancel(String id) {
    return transport.send(Call.delete(path(id)), BatchSummary.class);
  }

  /** A link to a file with the results so far. */
  public CompletableFuture<DownloadLink> results(String id, Format format) {
    String path =
        new Call.Query()
            .add("format", format.name().toLowerCase(Locale.ROOT))
            .on(path(id) + "/results");
    return transport.send(Call.get(path), DownloadLink.class);
  }

  /**
   * Waits until a batch has ended: its status is complete or cancelled.
   *
   * @param atMost fails with {@link NotEndedException} after this long; the batch goes on
   */
  public CompletableFuture<BatchSummary> await(String id, Duration atMost) {
    return look(id, System.nanoTime() + atMost.toNanos(), FIRST_PAUSE);
  }

  private CompletableFuture<BatchSummary> look(String id, long deadline, Duration pause) {
    return get(id)
        .thenCompose(
            batch -> {
              if (batch.status() == BatchStatus.COMPLETE
                  || batch.status() == BatchStatus.CANCELLED) {
                return CompletableFuture.completedFuture(batch);
              }
              if (System.nanoTime() - deadline >= 0) {
                return CompletableFuture.failedFuture(new NotEndedException(id, null));
              }
              Duration next = pause.multipliedBy(3).dividedBy(2);
              return CompletableFuture.supplyAsync(() -> id, Transport.after(pause))
                  .thenCompose(
                      again ->
                          look(
                              again,
                              deadline,
                              next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next));
            });
  }

  private static String path(String id) {
    return PATH + "/" + Call.part(id);
  }
}
