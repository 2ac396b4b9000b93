package org.touchstone.local.cli;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress in megabytes on stderr, with the rate and the time that is left: bars on a terminal, and
 * a line now and then elsewhere.
 */
final class ByteProgress implements AutoCloseable {
  private static final long MEGABYTE = 1_000_000;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private final boolean terminal = Boolean.getBoolean("touchstone.terminal");
  private String task = "";
  private ProgressBar bar;
  private long startNanos;
  private long startDone;
  private long lineNanos;

  /**
   * @param total bytes; negative when the size is not known
   */
  void at(String name, long done, long total) {
    if (!name.equals(task)) {
      close();
      task = name;
      startNanos = System.nanoTime();
      lineNanos = startNanos;
      startDone = done;
    }
    if (terminal) {
      bar(name, done, total);
    } else if (System.nanoTime() - lineNanos >= BETWEEN_LINES.toNanos()) {
      lineNanos = System.nanoTime();
      System.err.println(
          line(name, done, total, done - startDone, Duration.ofNanos(lineNanos - startNanos)));
    }
  }

  private void bar(String name, long done, long total) {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setUnit(" MB", MEGABYTE)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .clearDisplayOnFinish()
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
    bar.maxHint(total);
    bar.stepTo(done);
  }

  /**
   * A line such as {@code a.onnx: 120 of 364 MB, 4.1 MB/s, 60 s left}.
   *
   * @param moved bytes since the start of this run
   * @param elapsed since the start of this run
   */
  static String line(String name, long done, long total, long moved, Duration elapsed) {
    double rate = moved * 1000.0 / Math.max(1, elapsed.toMillis());
    String line =
        String.format(
            Locale.ROOT,
            "%s: %d%s MB, %.1f MB/s",
            name,
            done / MEGABYTE,
            total < 0 ? "" : " of " + total / MEGABYTE,
            rate / MEGABYTE);
    return total < 0 || rate < 1
        ? line
        : line + String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate);
  }

  @Override
  public void close() {
    task = "";
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
