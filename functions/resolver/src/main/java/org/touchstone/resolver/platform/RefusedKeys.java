package org.touchstone.resolver.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** Tells the operator, in the log, that a platform refuses a key of this installation. */
public final class RefusedKeys {
  private static final Logger LOG = Logger.getLogger(RefusedKeys.class);

  /** How often one key is mentioned: each link to the platform would do it again. */
  private static final long PAUSE_NANOS = Duration.ofHours(1).toNanos();

  private static final Map<String, Long> TOLD = new ConcurrentHashMap<>();

  private RefusedKeys() {}

  /**
   * Tells the operator, and returns the problem of the request that showed it.
   *
   * @param platform whose key it is
   * @param settings names of the key's settings
   * @param status the HTTP status
   */
  public static ProblemException refused(String platform, String settings, int status) {
    long now = System.nanoTime();
    Long told = TOLD.get(settings);
    if (told == null || now - told > PAUSE_NANOS) {
      TOLD.put(settings, now);
      LOG.warnf(
          "%s refuses this installation's key (%s) with status %d: renew it, or remove it from the"
              + " configuration",
          platform, settings, status);
    }
    return new ProblemException(
        ProblemType.FETCH_REFUSED,
        platform + " does not accept this installation's key; its operator has to renew it.");
  }
}
