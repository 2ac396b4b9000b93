package org.touchstone.local.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars in megabytes on stderr, one after the other; only when stderr is a terminal. */
final class ByteProgress implements AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final boolean terminal = Boolean.getBoolean("touchstone.terminal");
  private String task = "";
  private ProgressBar bar;

  /**
   * @param total bytes; negative when the size is not known
   */
  void at(String name, long done, long total) {
    if (!terminal) {
      return;
    }
    if (!name.equals(task)) {
      close();
      task = name;
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setUnit(" MB", MEGABYTE)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
    bar.maxHint(total);
    bar.stepTo(done);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
