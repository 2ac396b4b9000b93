package org.touchstone.mentions.platform;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A way in which a person lets the bot use an account. The result is the account's secret, which
 * goes into a {@link Credentials} and nowhere else.
 */
public interface Authorization {
  /** Its name among those of the platform, such as {@code pin}. */
  String name();

  /** What has to be known before, such as the app's key. */
  List<Input> inputs();

  /**
   * Begins.
   *
   * @param inputs the values of {@link #inputs} by name; optional ones may be missing
   * @throws PlatformException when a value is missing or the platform refuses
   */
  Pending begin(Place place, Map<String, String> inputs) throws PlatformException;

  /**
   * A value that the person gives.
   *
   * @param name its name
   * @param prompt how the person is asked for it
   * @param isSecret whether it must not be shown while it is typed
   * @param isOptional whether it may be missing
   */
  record Input(String name, String prompt, boolean isSecret, boolean isOptional) {
    public Input {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(prompt, "prompt");
    }
  }

  /**
   * Where to authorise.
   *
   * @param address the server; empty for the platform's own
   * @param allowPrivate see {@link PlatformAccess#allowPrivate}
   * @param clock the time
   */
  record Place(Optional<URI> address, boolean allowPrivate, InstantSource clock) {}

  /** An authorisation that waits for the person. */
  interface Pending {
    /** The page that the person opens, signed in as the bot. */
    URI page();

    /** What the person brings back from it. */
    Input answer();

    /**
     * Ends.
     *
     * @return the account's secret
     * @throws PlatformException when the platform refuses
     */
    Map<String, String> finish(String answer) throws PlatformException;
  }
}
