package org.touchstone.openid;

import java.util.Objects;
import org.touchstone.domain.link.WebLink;

/**
 * What an operator says of the provider.
 *
 * @param issuer the provider's name, exactly as it stands in its tokens, such as {@code
 *     https://accounts.google.com}
 * @param clientId our name at the provider
 * @param clientSecret our password at the provider; null for a public client
 * @param redirectUri where the provider sends people back to; as it is registered there. It is
 *     never made of a request's Host header, which whoever sends the request chooses
 * @param trustEmails whether addresses count as verified when the provider does not say; only for
 *     providers whose addresses an administrator sets
 */
public record ProviderSettings(
    String issuer, String clientId, String clientSecret, String redirectUri, boolean trustEmails) {
  /**
   * @throws IllegalArgumentException when the issuer or the address is not a web address
   */
  public ProviderSettings {
    Objects.requireNonNull(clientId, "clientId");
    for (String address : new String[] {issuer, redirectUri}) {
      WebLink link = WebLink.parse(address);
      boolean isLoopback = link.host().equals("127.0.0.1") || link.host().equals("localhost");
      if (link.query() != null || !link.scheme().equals("https") && !isLoopback) {
        throw new IllegalArgumentException("not an address of HTTPS: " + address);
      }
    }
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return clientId + " at " + issuer;
  }
}
