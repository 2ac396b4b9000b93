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
import org.touchstone.models.PipelineOptions.Aggregation;
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
   * A score, and what it was made from.
   *
   * @param behind the samples that decided it
   * @param people number of people it was chosen from; 1 when all outputs count alike
   */
  record Overall(double score, List<FaceSample> behind, int people) {}

  /**
   * The score of all samples.
   *
   * @param samples at least one sample
   */
  Overall overall(List<FaceSample> samples) {
    if (people == People.MEAN) {
      return new Overall(score(samples), samples, 1);
    }
    List<List<FaceSample>> counting = counting(samples);
    if (people == People.MEDIAN) {
      return new Overall(together(counting), samples, counting.size());
    }
    List<FaceSample> highest =
        counting.stream().max(Comparator.comparingDouble(this::score)).orElseThrow();
    return new Overall(score(highest), highest, counting.size());
  }

  /** The samples of each person who counts separately, and those of all others. */
  private List<List<FaceSample>> counting(List<FaceSample> samples) {
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
    return counting;
  }

  private double together(Collection<List<FaceSample>> everybody) {
    return Aggregations.score(
        people == People.MEDIAN ? Aggregation.MEDIAN : Aggregation.MAXIMUM,
        everybody.stream().mapToDouble(this::score).toArray());
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
