package org.touchstone.client;

import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.FeedbackPage;

/** Opinions on analyses, for keys with the scope admin; {@link AnalysesApi} gives them. */
public final class FeedbackApi {
  private final Transport transport;

  FeedbackApi(Transport transport) {
    this.transport = transport;
  }

  public CompletableFuture<FeedbackPage> list(PageQuery page) {
    return transport.send(
        Call.get(page.addTo(new Call.Query()).on("/v1/feedback")), FeedbackPage.class);
  }
}
