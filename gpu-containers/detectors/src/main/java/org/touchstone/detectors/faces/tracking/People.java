package org.touchstone.detectors.faces.tracking;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.faces.Face;

/**
 * Assigns tracks to people: a track that begins soon after another ended, in the same place, shows
 * the same person. Faces are not compared, so a person who moves away and comes back counts as
 * another.
 */
public final class People {
  /** Share of the area from which two faces are in the same place. */
  private static final double SAME_PLACE = 0.5;

  /** Most frames between two tracks of the same person. */
  private static final int MAX_GAP = 25;

  private final ConsecutiveFaces faces;

  public People(ConsecutiveFaces faces) {
    this.faces = faces;
  }

  /**
   * The number of the person in each track, from 0 on.
   *
   * @param tracks in the order of their starts
   */
  public List<Integer> of(List<FaceTrack> tracks) {
    List<Integer> people = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < tracks.size(); i++) {
      int known = -1;
      for (int j = i - 1; j >= 0 && known < 0; j--) {
        if (goesOn(tracks.get(j), tracks.get(i))) {
          known = people.get(j);
        }
      }
      people.add(known < 0 ? count++ : known);
    }
    return people;
  }

  private boolean goesOn(FaceTrack earlier, FaceTrack later) {
    int gap = later.start() - earlier.end();
    return gap >= 0
        && gap <= MAX_GAP
        && last(earlier).exactBox().overlap(first(later).exactBox()) >= SAME_PLACE;
  }

  private Face first(FaceTrack track) {
    return faces.face(new FaceInFrame(track.start(), track.faces().getFirst()));
  }

  private Face last(FaceTrack track) {
    return faces.face(new FaceInFrame(track.end() - 1, track.faces().getLast()));
  }
}
