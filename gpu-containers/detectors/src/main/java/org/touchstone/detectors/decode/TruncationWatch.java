package org.touchstone.detectors.decode;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Distinguishes a JPEG that lacks part of its picture from one that lacks only its end marker. The
 * decoder fills a missing part with grey; a missing end marker is common and harmless. Both give
 * the same warning, but the harmless one comes after the last row.
 */
final class TruncationWatch implements IIOReadProgressListener, IIOReadWarningListener {
  /** Per cent; the last row may not have been reported yet. */
  private static final float ALMOST_DONE = 99;

  private float progress;
  private float progressAtEnd = -1;
  private boolean truncated;

  boolean sawTruncation() {
    return truncated;
  }

  /** How much has been decoded, per cent; where the file ended too early, how much is there. */
  float progress() {
    return progressAtEnd >= 0 ? progressAtEnd : progress;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    boolean end = warning.contains("remature end") && progress < ALMOST_DONE;
    if (end && progressAtEnd < 0) {
      progressAtEnd = progress;
    }
    truncated |= end;
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    progress = percentageDone;
  }

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
