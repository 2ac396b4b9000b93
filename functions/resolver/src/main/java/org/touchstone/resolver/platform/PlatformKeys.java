package org.touchstone.resolver.platform;

import java.util.Optional;

/**
 * What is paid for or registered for; each is optional.
 *
 * @param xBearerToken of an application at X's API
 * @param redditApp an application at Reddit
 * @param vetricInstagramKey for Vetric's interface to Instagram
 * @param vetricFacebookKey for Vetric's interface to Facebook
 * @param googleApiKey for Google Drive's API
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

  /** These, and of the others those that are not among these. */
  public PlatformKeys or(PlatformKeys others) {
    return new PlatformKeys(
        xBearerToken.or(others::xBearerToken),
        redditApp.or(others::redditApp),
        vetricInstagramKey.or(others::vetricInstagramKey),
        vetricFacebookKey.or(others::vetricFacebookKey),
        googleApiKey.or(others::googleApiKey));
  }

  /** Tells nothing of the keys. */
  @Override
  public String toString() {
    return "PlatformKeys";
  }
}
