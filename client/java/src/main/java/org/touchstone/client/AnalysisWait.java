package org.touchstone.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.touchstone.client.Transport.Answer;
import org.touchstone.client.model.Analysis;
import org.touchstone.client.model.AnalysisStatus;

/**
 * Waits for the end of an analysis. It asks the server to hold the answer until something happens;
 * a server that does not is asked again and again, with pauses that grow. What has not changed is
 * not sent again.
 */
final class AnalysisWait {
  /** The longest time that the server is asked to hold an answer. */
  private static final Duration HELD = Duration.ofSeconds(20);

  /** The shortest pause too: an answer that asks for none must not make a storm of requests. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** So often a server is asked without holding its answer: most pictures are done by then. */
  private static final int QUICK_LOOKS = 3;

  /** How long after the end of its time a wait still listens for the answer on its way. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Transport transport;
  private final String id;
  private final String path;
  private final Consumer<Analysis> progress;
  private final long deadline;
  private final CompletableFuture<Analysis> result = new CompletableFuture<>();

  private int looks;
  private String tag;
  private volatile Analysis last;
  private Duration pause = FIRST_PAUSE;

  AnalysisWait(
      Transport transport, String id, String path, Duration atMost, Consumer<Analysis> progress) {
    this.transport = transport;
    this.id = id;
    this.path = path;
    this.progress = progress;
    this.deadline = System.nanoTime() + atMost.toNanos();
  }

  CompletableFuture<Analysis> start() {
    look();
    // Requests that are sent again may take longer than the wait.
    Transport.after(left().plus(GRACE)).execute(this::giveUp);
    return result;
  }

  private void giveUp() {
    result.completeExceptionally(new NotEndedException(id, last));
  }

  private Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  /** Each look starts after the one before has ended, so that the fields need no lock. */
  private void look() {
    if (result.isDone()) {
      return;
    }
    Duration left = left();
    Duration held = left.compareTo(HELD) < 0 ? left : HELD;
    long seconds = looks++ < QUICK_LOOKS ? 0 : Math.max(0, held.toSeconds());
    Call call =
        seconds == 0
            ? Call.get(path)
            : Call.get(path + "?wait=" + seconds).waiting(Duration.ofSeconds(seconds));
    long start = System.nanoTime();
    transport
        .send(tag == null ? call : call.with("If-None-Match", tag))
        .whenComplete(
            (answer, thrown) -> {
              try {
                if (thrown != null) {
                  result.completeExceptionally(
                      thrown instanceof CompletionException ? thrown.getCause() : thrown);
                } else {
                  seen(answer, Duration.ofNanos(System.nanoTime() - start));
                }
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
  }

  private void seen(Answer answer, Duration took) {
    if (answer.status() != 304) {
      last = answer.as(Analysis.class);
      tag = answer.header("ETag").orElse(null);
      progress.accept(last);
      if (last.status() == AnalysisStatus.COMPLETE || last.status() == AnalysisStatus.FAILED) {
        result.complete(last);
        return;
      }
    }
    Duration wanted = answer.retryAfter().orElse(pause);
    Duration next = longer(longer(wanted, FIRST_PAUSE).minus(took), Duration.ZERO);
    pause = pause.multipliedBy(3).dividedBy(2);
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    Duration left = left();
    if (left.isNegative() || left.isZero()) {
      giveUp();
      return;
    }
    Transport.after(next.compareTo(left) < 0 ? next : left).execute(this::look);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
