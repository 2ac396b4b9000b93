package org.touchstone.client;

import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.Holder;
import org.touchstone.client.model.Label;
import org.touchstone.client.model.LabelPage;
import org.touchstone.client.model.NewLabel;

/** What people found out about media, which overrides the verdict. Changes need the scope label. */
public final class LabelsApi {
  private static final String PATH = "/v1/labels";

  private final Transport transport;

  LabelsApi(Transport transport) {
    this.transport = transport;
  }

  /**
   * Labels on media, ordered by hash.
   *
   * @param holder whose; null for the caller's account
   */
  public CompletableFuture<LabelPage> list(Holder holder, PageQuery page) {
    return transport.send(Call.get(page.addTo(of(holder)).on(PATH)), LabelPage.class);
  }

  /**
   * Labels a medium.
   *
   * @param sha256 of the medium's bytes, in lower-case hexadecimal
   */
  public CompletableFuture<Label> set(String sha256, NewLabel label) {
    return transport.send(Call.put(path(sha256), label), Label.class);
  }

  /** The label that holds for a medium. */
  public CompletableFuture<Label> get(String sha256) {
    return transport.send(Call.get(path(sha256)), Label.class);
  }

  /**
   * Removes a label.
   *
   * @param holder whose; null for the caller's account
   */
  public CompletableFuture<Label> remove(String sha256, Holder holder) {
    return transport.send(Call.delete(of(holder).on(path(sha256))), Label.class);
  }

  /** A query for what one holder has. */
  static Call.Query of(Holder holder) {
    return new Call.Query().add("holder", holder == null ? null : ClientJson.code(holder));
  }

  private static String path(String sha256) {
    return PATH + "/" + Call.part(sha256);
  }
}
