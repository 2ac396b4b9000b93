package org.touchstone.domain.webhook;

import java.util.Objects;

/**
 * The message that has a delivery attempted.
 *
 * @param accountId whose webhook
 * @param webhookId the webhook
 * @param deliveryId the delivery to it, which has the event's id
 * @param attempts how many attempts had been made when the message was sent
 */
public record DeliveryTask(String accountId, String webhookId, String deliveryId, int attempts) {
  public DeliveryTask {
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(webhookId, "webhookId");
    Objects.requireNonNull(deliveryId, "deliveryId");
  }
}
