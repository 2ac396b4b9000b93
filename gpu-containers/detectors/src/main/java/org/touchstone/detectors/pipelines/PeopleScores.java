package org.touchstone.detectors.pipelines;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.models.PipelineOptions.People;

/**
 * The scores of several people, and the single score made from them. A person with too few samples
 * could have the highest score by chance, so all such people count together as one person.
 */
final class PeopleScores {
  private final ToDoubleFunction<List<float[]>> aggregation;
  private final People people;
  private final int minSamples;

  /**
   * @param aggregation turns a model's answers for several samples into a score, 0..1
   * @param minSamples samples that a person needs to count separately
   */
  PeopleScores(ToDoubleFunction<List<float[]>> aggregation, People people, int minSamples) {
    this.aggregation = Objects.requireNonNull(aggregation, "aggregation");
    this.people = Objects.requireNonNull(people, "people");
    this.minSamples = minSamples;
  }

  /** The score of one or more samples. */
  double score(List<FaceSample> samples) {
    return aggregation.applyAsDouble(samples.stream().map(FaceSample::values).toList());
  }

  /**
   * The score of all samples.
   *
   * @param samples at least one sample
   */
  double overall(List<FaceSample> samples) {
    if (people == People.MEAN) {
      return score(samples);
    }
    List<List<FaceSample>> counting = new ArrayList<>();
    List<FaceSample> others = new ArrayList<>();
    for (List<FaceSample> one : byPerson(samples).values()) {
      if (one.size() >= minSamples) {
        counting.add(one);
      } else {
        others.addAll(one);
      }
    }
    if (counting.isEmpty() || others.size() >= minSamples) {
      counting.add(others);
    }
    return together(counting);
  }

  private double together(Collection<List<FaceSample>> everybody) {
    double[] scores = everybody.stream().mapToDouble(this::score).sorted().toArray();
    int count = scores.length;
    return people == People.MEDIAN
        ? (scores[(count - 1) / 2] + scores[count / 2]) / 2
        : scores[count - 1];
  }

  /** Everybody, from the highest score to the lowest. */
  List<Person> everybody(List<FaceSample> samples) {
    List<Person> all = new ArrayList<>();
    byPerson(samples)
        .forEach(
            (number, theirs) ->
                all.add(
                    new Person(
                        number + 1,
                        theirs.stream().mapToDouble(FaceSample::start).min().orElseThrow(),
                        theirs.stream().mapToDouble(FaceSample::end).max().orElseThrow(),
                        theirs.size(),
                        score(theirs))));
    all.sort(Comparator.comparingDouble(Person::score).reversed());
    return all;
  }

  /** The score of samples of the same time, of one person or several. */
  double atOnce(List<FaceSample> samples) {
    return people == People.MEAN ? score(samples) : together(byPerson(samples).values());
  }

  private static Map<Integer, List<FaceSample>> byPerson(List<FaceSample> samples) {
    Map<Integer, List<FaceSample>> people = new TreeMap<>();
    for (FaceSample sample : samples) {
      people.computeIfAbsent(sample.person(), p -> new ArrayList<>()).add(sample);
    }
    return people;
  }
}
