package org.touchstone.local.stack;

import java.time.Duration;
import java.util.stream.Stream;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.emulators.aws.EmbeddedSqs.QueuePair;

/**
 * The queues of whoever does jobs.
 *
 * @param interactive for jobs that somebody waits for
 * @param bulk for jobs that may wait
 */
record JobQueue(QueuePair interactive, QueuePair bulk) {
  private static final String BULK = "-bulk";

  static JobQueue create(EmbeddedSqs server, String name, Duration visibility, int maxReceives) {
    return new JobQueue(
        server.createQueue(name, visibility, maxReceives),
        server.createQueue(name + BULK, visibility, maxReceives));
  }

  String url() {
    return interactive.url();
  }

  String bulkUrl() {
    return bulk.url();
  }

  /** Both URLs as the resolver reads them. */
  String setting() {
    return url() + "|" + bulkUrl();
  }

  Stream<String> deadLetterUrls() {
    return Stream.of(interactive.deadLetterUrl(), bulk.deadLetterUrl());
  }
}
