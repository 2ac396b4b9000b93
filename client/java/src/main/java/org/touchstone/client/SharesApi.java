package org.touchstone.client;

import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.Analysis;
import org.touchstone.client.model.DownloadLink;
import org.touchstone.client.model.NewShare;
import org.touchstone.client.model.Shares;
import org.touchstone.client.model.ShownShare;

/** Addresses at which everybody who knows them sees a result. */
public final class SharesApi {
  private final Transport transport;

  SharesApi(Transport transport) {
    this.transport = transport;
  }

  /**
   * Makes an address.
   *
   * @param idempotencyKey the same key gives the same address; 1 to 255 characters
   */
  public CompletableFuture<ShownShare> create(
      String analysisId, NewShare share, String idempotencyKey) {
    return transport.send(
        Call.post(path(analysisId), share).with("Idempotency-Key", idempotencyKey).asRepeatable(),
        ShownShare.class);
  }

  /** The addresses of an analysis, newest first, with those that have ended. */
  public CompletableFuture<Shares> list(String analysisId) {
    return transport.send(Call.get(path(analysisId)), Shares.class);
  }

  /** Ends an address: from then on it shows nothing. */
  public CompletableFuture<ShownShare> revoke(String analysisId, String shareId) {
    return transport.send(
        Call.delete(path(analysisId) + "/" + Call.part(shareId)), ShownShare.class);
  }

  /** The analysis at an address, as everybody sees it. */
  public CompletableFuture<Analysis> analysis(String shareId) {
    return transport.send(Call.get(shared(shareId) + "/analysis"), Analysis.class);
  }

  /** A short-lived link to a medium, if its owner shows the media. */
  public CompletableFuture<DownloadLink> medium(String shareId, String mediaId) {
    return transport.send(
        Call.get(shared(shareId) + "/media/" + Call.part(mediaId)), DownloadLink.class);
  }

  /**
   * A short-lived link to evidence that a shown report names.
   *
   * @param name the last part of the key that the report names
   */
  public CompletableFuture<DownloadLink> evidence(String shareId, String mediaId, String name) {
    return transport.send(
        Call.get(shared(shareId) + "/evidence/" + Call.part(mediaId) + "/" + Call.part(name)),
        DownloadLink.class);
  }

  private static String path(String analysisId) {
    return AnalysesApi.PATH + "/" + Call.part(analysisId) + "/shares";
  }

  private static String shared(String shareId) {
    return "/a/" + Call.part(shareId);
  }
}
