package org.touchstone.client.model;

import java.util.List;

/** The list of an account's webhooks. */
public record Webhooks(List<Webhook> webhooks) {
  public Webhooks {
    webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
  }
}
