package org.touchstone.resolver;

import java.util.Objects;
import org.touchstone.domain.JobOptions;

/**
 * The queues of whoever does jobs.
 *
 * @param interactive the queue of jobs that somebody waits for
 * @param bulk the queue of jobs that may wait, worked when the other is empty; the same as the
 *     other where there is only one
 */
public record QueueUrls(String interactive, String bulk) {
  /** Between the URLs in a setting; it cannot be part of one. */
  private static final char SEPARATOR = '|';

  public QueueUrls {
    Objects.requireNonNull(interactive, "interactive");
    Objects.requireNonNull(bulk, "bulk");
  }

  /** Reads {@code URL|BULKURL}, or a URL alone for one queue of all jobs. */
  static QueueUrls parse(String setting) {
    int at = setting.indexOf(SEPARATOR);
    return at < 0
        ? new QueueUrls(setting, setting)
        : new QueueUrls(setting.substring(0, at).strip(), setting.substring(at + 1).strip());
  }

  String urlFor(JobOptions options) {
    return options.mayWait() ? bulk : interactive;
  }
}
