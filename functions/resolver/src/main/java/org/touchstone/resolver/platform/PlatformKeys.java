package org.touchstone.resolver.platform;

import java.util.Optional;

/**
 * Keys that are paid for or registered for; each is optional.
 *
 * @param xBearerToken the bearer token of an application at X's API
 * @param redditApp an application at Reddit
 * @param vetricInstagramKey the key for Vetric's Instagram API
 * @param vetricFacebookKey the key for Vetric's Facebook API
 * @param googleApiKey the key for Google Drive's API
 */
public record PlatformKeys(
    Optional<String> xBearerToken,
    Optional<RedditApp> redditApp,
    Optional<String> vetricInstagramKey,
    Optional<String> vetricFacebookKey,
    Optional<String> googleApiKey) {

  /**
   * An application registered at Reddit.
   *
   * @param id its client id
   * @param secret its client secret
   */
  public record RedditApp(String id, String secret) {
    @Override
    public String toString() {
      return "RedditApp[" + id + "]";
    }
  }

  public static final PlatformKeys NONE =
      new PlatformKeys(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** These keys; a key missing here comes from the others. */
  public PlatformKeys or(PlatformKeys others) {
    return new PlatformKeys(
        xBearerToken.or(others::xBearerToken),
        redditApp.or(others::redditApp),
        vetricInstagramKey.or(others::vetricInstagramKey),
        vetricFacebookKey.or(others::vetricFacebookKey),
        googleApiKey.or(others::googleApiKey));
  }

  /** Reveals nothing of the keys. */
  @Override
  public String toString() {
    return "PlatformKeys";
  }
}
