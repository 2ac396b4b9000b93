package org.touchstone.detectors.faces.tracking;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.faces.Face;

/**
 * Follows faces from frame to frame as FTCN does: a face continues as the face of the next frame
 * that shares most area with it, if that is at least half.
 */
public final class FaceTracker {
  /** Confidence that a face needs for a track to begin with it. */
  private static final double MIN_START_CONFIDENCE = 0.8;

  /** Share of the area above which a face is not followed beside a more confident one. */
  private static final double SAME_FACE = 0.5;

  /** Share of the area from which a face is the same as one of the frame before. */
  private static final double MIN_OVERLAP = 0.5;

  private static final int SHORTEST_PIECE = 2;

  private final List<SeenFrame> frames;

  public FaceTracker(List<SeenFrame> frames) {
    this.frames = frames;
  }

  /**
   * The tracks that last from the first frame to the last. If there are none, the frames are cut
   * into pieces, and each piece gives its tracks. Throughout a piece, as many faces can be followed
   * as at its beginning.
   *
   * @param everybody whether a piece gives all its tracks, or only the most confident one, as in
   *     FTCN
   */
  public List<FaceTrack> tracks(boolean everybody) {
    List<FaceTrack> whole = frames.isEmpty() ? List.of() : follow(0, frames.size());
    return whole.isEmpty() ? pieces(everybody) : whole;
  }

  private List<FaceTrack> pieces(boolean everybody) {
    List<FaceTrack> pieces = new ArrayList<>();
    int start = 0;
    while (start < frames.size()) {
      int end = pieceEnd(start);
      if (end == start) {
        start += SHORTEST_PIECE;
      } else {
        List<FaceTrack> tracks = follow(start, end);
        pieces.addAll(everybody ? tracks : tracks.subList(0, 1));
        start = end;
      }
    }
    return pieces;
  }

  /**
   * End of the piece that begins at a frame; the start itself if there is no piece. A piece has at
   * least two frames, at the end of the video at least three.
   */
  private int pieceEnd(int start) {
    List<Following> all = begin(start);
    int end = start + 1;
    while (end < frames.size() && end < start + SHORTEST_PIECE) {
      all.removeIf(following -> !following.goesOn());
      end++;
    }
    if (all.isEmpty() || end < start + SHORTEST_PIECE) {
      return start;
    }
    while (end < frames.size()) {
      if (!all.stream().allMatch(Following::goesOn)) {
        return end;
      }
      end++;
    }
    return end - start > SHORTEST_PIECE ? end : start;
  }

  /** The tracks that last from one frame to before another. */
  private List<FaceTrack> follow(int start, int end) {
    List<Following> all = begin(start);
    for (int i = start + 1; i < end; i++) {
      all.removeIf(following -> !following.goesOn());
    }
    return all.stream().map(Following::track).toList();
  }

  private List<Following> begin(int start) {
    List<Face> faces = frames.get(start).faces();
    List<Following> begun = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      Face face = faces.get(i);
      boolean known =
          faces.subList(0, i).stream()
              .anyMatch(surer -> face.exactBox().overlap(surer.exactBox()) > SAME_FACE);
      if (face.confidence() >= MIN_START_CONFIDENCE && !known) {
        begun.add(new Following(start, i));
      }
    }
    return begun;
  }

  /** A track that is still being followed. */
  private final class Following {
    private final int start;
    private final List<Integer> numbers = new ArrayList<>();
    private Face last;

    Following(int start, int number) {
      this.start = start;
      this.numbers.add(number);
      this.last = frames.get(start).faces().get(number);
    }

    /** Continues into the next frame; false when it cannot. */
    boolean goesOn() {
      List<Face> faces = frames.get(start + numbers.size()).faces();
      int best = -1;
      double most = -1;
      for (int i = 0; i < faces.size(); i++) {
        double overlap = last.exactBox().overlap(faces.get(i).exactBox());
        if (overlap > most) {
          most = overlap;
          best = i;
        }
      }
      if (most < MIN_OVERLAP) {
        return false;
      }
      numbers.add(best);
      last = faces.get(best);
      return true;
    }

    FaceTrack track() {
      return new FaceTrack(start, numbers);
    }
  }
}
