package org.touchstone.detectors.pipelines;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FrameFaces;

/** The faces of sampled frames that are looked at, and the people they belong to. */
public final class SampledFaces {
  /** Share of the area from which faces of frames seconds apart count as the same person. */
  private static final double SAME_PERSON = 0.3;

  private SampledFaces() {}

  /**
   * A face to look at.
   *
   * @param frame the frame it is in
   * @param rank its place among the frame's faces, in their order
   * @param person number of the person, from 0
   */
  public record Sampled(FrameFaces frame, Face face, int rank, int person) {}

  /** All faces, frame by frame. A face in the place of an earlier one counts as the same person. */
  public static List<Sampled> of(List<FrameFaces> frames) {
    List<Sampled> all = new ArrayList<>();
    List<Face> people = new ArrayList<>();
    for (FrameFaces frame : frames) {
      Set<Integer> seen = new HashSet<>();
      for (int rank = 0; rank < frame.faces().size(); rank++) {
        Face face = frame.faces().get(rank);
        int person = nearest(face, people, seen);
        if (person < 0) {
          person = people.size();
          people.add(face);
        }
        people.set(person, face);
        seen.add(person);
        all.add(new Sampled(frame, face, rank, person));
      }
    }
    return all;
  }

  /**
   * At most this many faces, in order of time: first the most confident face of each frame, then
   * the next, so that a crowd does not displace later frames.
   */
  public static List<Sampled> spread(List<Sampled> all, int budget) {
    return all.stream()
        .sorted(Comparator.comparingInt(Sampled::rank))
        .limit(budget)
        .sorted(Comparator.comparingDouble(s -> s.frame().frame().seconds()))
        .toList();
  }

  private static int nearest(Face face, List<Face> people, Set<Integer> seen) {
    int nearest = -1;
    double most = SAME_PERSON;
    for (int i = 0; i < people.size(); i++) {
      double overlap = face.exactBox().overlap(people.get(i).exactBox());
      if (!seen.contains(i) && overlap >= most) {
        most = overlap;
        nearest = i;
      }
    }
    return nearest;
  }
}
