package org.touchstone.client.model;

import java.util.List;

/**
 * The faces that a score rests on.
 *
 * @param detector name and version of the face detector
 * @param people the people seen, highest score first; empty when the detector does not tell people
 *     apart
 * @param peaks where the score is highest, the highest first; videos only
 */
public record Faces(String detector, List<Person> people, List<Peak> peaks) {
  public Faces {
    people = people == null ? List.of() : List.copyOf(people);
    peaks = peaks == null ? List.of() : List.copyOf(peaks);
  }
}
