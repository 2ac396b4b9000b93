package org.touchstone.client;

/** A request that must not be trusted: it is not signed with the secret, or it is too old. */
public final class WebhookException extends Exception {
  private static final long serialVersionUID = 1;

  WebhookException(String message) {
    super(message);
  }
}
