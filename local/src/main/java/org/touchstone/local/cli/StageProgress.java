package org.touchstone.local.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.touchstone.domain.Analysis;

/**
 * A progress bar on stderr. It appears only when stderr is a terminal and the work takes long. Each
 * input is one unit, divided into its stages.
 */
final class StageProgress implements AutoCloseable {
  private static final int UNITS = 100;
  private static final long SILENT_MILLIS = 1_500;
  private static final int WIDTH = 100;

  private final boolean terminal;
  private final int inputs;
  private final long startedAt = System.nanoTime();
  private final Map<String, Integer> parts = new HashMap<>();
  private ProgressBar bar;
  private int done;

  private StageProgress(boolean terminal, int inputs) {
    this.terminal = terminal;
    this.inputs = inputs;
  }

  static StageProgress of(int inputs) {
    return new StageProgress(Boolean.getBoolean("touchstone.terminal"), inputs);
  }

  synchronized void at(String input, Analysis analysis) {
    parts.put(input, partOf(analysis));
    show(ResultTable.clean(analysis.status().name().toLowerCase(Locale.ROOT)));
  }

  synchronized void done(String input) {
    done++;
    parts.remove(input);
    if (bar != null) {
      show("");
    }
  }

  /** Hides the bar while something prints. */
  synchronized void pause(Runnable printing) {
    close();
    printing.run();
  }

  private static int partOf(Analysis analysis) {
    return switch (analysis.status()) {
      case QUEUED -> 0;
      case RESOLVING -> UNITS / 10;
      case DETECTING -> UNITS / 4 + Math.min(UNITS / 2, analysis.reports().size() * UNITS / 20);
      case VOTING -> UNITS * 9 / 10;
      case COMPLETE, FAILED -> UNITS;
    };
  }

  private void show(String stage) {
    long millis = (System.nanoTime() - startedAt) / 1_000_000;
    if (!terminal || millis < SILENT_MILLIS) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("analysing")
              .setInitialMax((long) inputs * UNITS)
              .setStyle(ProgressBarStyle.ASCII)
              .setMaxRenderedLength(WIDTH)
              .clearDisplayOnFinish()
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
    bar.stepTo((long) done * UNITS + parts.values().stream().mapToInt(Integer::intValue).sum());
    bar.setExtraMessage(stage);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
