package org.touchstone.client;

import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.Holder;
import org.touchstone.client.model.NewSource;
import org.touchstone.client.model.SourcePage;
import org.touchstone.client.model.VerifiedSource;

/** Accounts on platforms whose posts are trusted. Changes need the scope label. */
public final class SourcesApi {
  private static final String PATH = "/v1/sources";

  private final Transport transport;

  SourcesApi(Transport transport) {
    this.transport = transport;
  }

  /** Makes posts of an account on a platform trusted. */
  public CompletableFuture<VerifiedSource> verify(NewSource source) {
    return transport.send(Call.post(PATH, source), VerifiedSource.class);
  }

  /**
   * The verified sources.
   *
   * @param holder whose; null for the caller's account
   */
  public CompletableFuture<SourcePage> list(Holder holder, PageQuery page) {
    return transport.send(Call.get(page.addTo(LabelsApi.of(holder)).on(PATH)), SourcePage.class);
  }

  /**
   * Removes a source.
   *
   * @param holder whose; null for the caller's account
   */
  public CompletableFuture<VerifiedSource> remove(String id, Holder holder) {
    return transport.send(
        Call.delete(LabelsApi.of(holder).on(PATH + "/" + Call.part(id))), VerifiedSource.class);
  }
}
