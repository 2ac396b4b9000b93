package org.touchstone.detectors.context;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.FrameFaces;
import org.touchstone.domain.Reason;

/** Looks for faces in frames, in batches of the size that the face detector prefers. */
record FaceSearch(FaceDetector detector) {
  /**
   * The faces of each frame, in the same order.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when the thread was interrupted
   */
  List<FrameFaces> in(List<VideoFrame> frames) {
    List<FrameFaces> found = new ArrayList<>(frames.size());
    int batch = detector.batchSize();
    for (int from = 0; from < frames.size(); from += batch) {
      if (Thread.currentThread().isInterrupted()) {
        throw new DetectionException(Reason.TIMEOUT, "It took too long.");
      }
      List<VideoFrame> some = frames.subList(from, Math.min(from + batch, frames.size()));
      List<List<Face>> each = detector.detectAll(some.stream().map(VideoFrame::image).toList());
      for (int i = 0; i < some.size(); i++) {
        found.add(new FrameFaces(some.get(i), each.get(i)));
      }
    }
    return List.copyOf(found);
  }
}
