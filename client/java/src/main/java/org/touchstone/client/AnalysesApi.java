package org.touchstone.client;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.touchstone.client.model.Accepted;
import org.touchstone.client.model.Analysis;
import org.touchstone.client.model.AnalysisPage;
import org.touchstone.client.model.DownloadLink;
import org.touchstone.client.model.Feedback;
import org.touchstone.client.model.NewAnalysis;
import org.touchstone.client.model.NewFeedback;

/** Analyses: ask for them, read them, wait for them. */
public final class AnalysesApi {
  static final String PATH = "/v1/analyses";

  private final Transport transport;

  AnalysesApi(Transport transport) {
    this.transport = transport;
  }

  /** Asks for an analysis, with an idempotency key of its own. */
  public CompletableFuture<Accepted> create(NewAnalysis analysis) {
    return create(analysis, UUID.randomUUID().toString());
  }

  /**
   * Asks for an analysis.
   *
   * @param idempotencyKey requests of one account with the same key give one analysis; 1 to 255
   *     characters
   */
  public CompletableFuture<Accepted> create(NewAnalysis analysis, String idempotencyKey) {
    return transport.send(
        Call.post(PATH, analysis).with("Idempotency-Key", idempotencyKey).asRepeatable(),
        Accepted.class);
  }

  /** An analysis as it stands. */
  public CompletableFuture<Analysis> get(String id) {
    return transport.send(Call.get(path(id)), Analysis.class);
  }

  /** The account's analyses, newest first. */
  public CompletableFuture<AnalysisPage> list(AnalysisQuery query) {
    String path =
        new Call.Query()
            .add("from", query.from())
            .add("to", query.to())
            .add("level", query.level() == null ? null : ClientJson.code(query.level()))
            .add("platform", query.platform())
            .add("limit", query.limit())
            .add("cursor", query.cursor())
            .on(PATH);
    return transport.send(Call.get(path), AnalysisPage.class);
  }

  /** Stops an analysis that runs, and deletes what is stored of it. */
  public CompletableFuture<Void> delete(String id) {
    return transport.send(Call.delete(path(id))).thenApply(answer -> null);
  }

  /** Says what somebody thinks of the verdict, which does not change it. */
  public CompletableFuture<Feedback> giveFeedback(String id, NewFeedback feedback) {
    return transport.send(Call.post(path(id) + "/feedback", feedback), Feedback.class);
  }

  /** A short-lived link to a medium of an analysis. */
  public CompletableFuture<DownloadLink> medium(String id, String mediaId) {
    return transport.send(Call.get(path(id) + "/media/" + Call.part(mediaId)), DownloadLink.class);
  }

  /**
   * A short-lived link to a picture or to the peaks of a sound that a report names.
   *
   * @param name the last part of the key that the report names
   */
  public CompletableFuture<DownloadLink> evidence(String id, String mediaId, String name) {
    return transport.send(
        Call.get(path(id) + "/evidence/" + Call.part(mediaId) + "/" + Call.part(name)),
        DownloadLink.class);
  }

  /**
   * Waits until an analysis has ended: its status is complete or failed.
   *
   * @param atMost fails with {@link NotEndedException} after this long; the analysis goes on
   */
  public CompletableFuture<Analysis> await(String id, Duration atMost) {
    return await(id, atMost, analysis -> {});
  }

  /**
   * Waits until an analysis has ended: its status is complete or failed.
   *
   * @param atMost fails with {@link NotEndedException} after this long; the analysis goes on
   * @param progress is given the analysis each time it has changed, and at the end
   */
  public CompletableFuture<Analysis> await(
      String id, Duration atMost, Consumer<Analysis> progress) {
    return new AnalysisWait(transport, id, path(id), atMost, progress).start();
  }

  /** Asks for an analysis and waits until it has ended. */
  public CompletableFuture<Analysis> analyse(NewAnalysis analysis, Duration atMost) {
    return create(analysis).thenCompose(accepted -> await(accepted.id(), atMost));
  }

  private static String path(String id) {
    return PATH + "/" + Call.part(id);
  }
}
