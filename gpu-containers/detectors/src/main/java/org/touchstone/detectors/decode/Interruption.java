package org.touchstone.detectors.decode;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.touchstone.detectors.base.Deadline;

/**
 * Makes ffmpeg stop reading when the deadline has passed: ffmpeg asks before each read from a file.
 */
final class Interruption implements AutoCloseable {
  /**
   * One function for all files, as the binding has room for only a few. Each file passes its own
   * deadline as the argument.
   */
  private static final AVIOInterruptCB.Callback_Pointer PASSED =
      new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer deadlineNanos) {
          boolean passed = System.nanoTime() - new LongPointer(deadlineNanos).get() >= 0;
          return passed || Thread.currentThread().isInterrupted() ? 1 : 0;
        }
      };

  private final LongPointer nanos = new LongPointer(1);

  Interruption(AVFormatContext container, Deadline deadline) {
    nanos.put(deadline.nanos());
    container.interrupt_callback().callback(PASSED).opaque(nanos);
  }

  /** May be called only after the container is closed. */
  @Override
  public void close() {
    nanos.close();
  }
}
