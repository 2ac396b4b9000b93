package org.touchstone.resolver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.provenance.trust.TrustFiles;
import org.touchstone.provenance.trust.TrustLists;

/**
 * The reader of provenance with the lists in force: the bundled ones, and the files that replace
 * them or stand beside them. Files are looked at again after a while. Lists that cannot be read
 * leave those of before in force.
 */
final class TrustInForce implements Supplier<ProvenanceReader> {
  private static final Logger LOG = Logger.getLogger(TrustInForce.class);

  private final TrustFiles files;
  private final Duration refresh;
  private final InstantSource clock;
  private ProvenanceReader reader;
  private Instant readAt = Instant.MIN;

  /**
   * @param refresh how long files are not looked at again
   */
  TrustInForce(TrustFiles files, Duration refresh, InstantSource clock) {
    this.files = files;
    this.refresh = refresh;
    this.clock = clock;
  }

  @Override
  public synchronized ProvenanceReader get() {
    Instant now = clock.instant();
    if (reader == null || !now.isBefore(readAt.plus(refresh))) {
      readAt = now;
      try {
        TrustLists lists = TrustLists.of(files);
        if (reader == null || !reader.lists().version().equals(lists.version())) {
          reader = new ProvenanceReader(lists, clock);
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("the lists of those who vouch for credentials cannot be read", e);
        reader = reader == null ? ProvenanceReader.bundled() : reader;
      }
    }
    return reader;
  }
}
