package org.touchstone.detectors.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceAt;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.models.PipelineOptions.People;

class PeopleScoresTest {
  private final List<FaceSample> samples = new ArrayList<>();

  @Test
  void takesTheHighestPersonOrAllOutputsAlike() {
    person(0, 0.1, 0.1, 0.1, 0.1);
    person(1, 0.8, 1.0);

    assertThat(scores(People.MAXIMUM, 1).overall(samples)).isCloseTo(0.9, within(1e-6));
    assertThat(scores(People.MEAN, 1).overall(samples)).isCloseTo(2.2 / 6, within(1e-6));
  }

  @Test
  void theMedianIsThePersonInTheMiddle() {
    person(0, 0.1, 0.3);
    person(1, 0.8, 1.0);
    assertThat(scores(People.MEDIAN, 1).overall(samples)).isCloseTo(0.55, within(1e-6));

    person(2, 0.4);
    assertThat(scores(People.MEDIAN, 1).overall(samples)).isCloseTo(0.4, within(1e-6));
    assertThat(scores(People.MEDIAN, 1).atOnce(samples)).isCloseTo(0.4, within(1e-6));
  }

  @Test
  void letsNoFewSamplesDecideAlone() {
    person(0, 0.1, 0.1, 0.1);
    person(1, 1.0);
    assertThat(scores(People.MAXIMUM, 3).overall(samples)).isCloseTo(0.1, within(1e-6));

    person(2, 0.4);
    person(3, 0.4);
    assertThat(scores(People.MAXIMUM, 3).overall(samples)).isCloseTo(0.6, within(1e-6));
  }

  @Test
  void takesWhatThereIsWhenNobodyHasEnough() {
    person(0, 0.2);
    person(1, 0.6);

    assertThat(scores(People.MAXIMUM, 3).overall(samples)).isCloseTo(0.4, within(1e-6));
  }

  @Test
  void listsEverybodyFromTheHighestScoreOn() {
    person(0, 0.1, 0.3);
    person(1, 0.9);

    assertThat(scores(People.MEAN, 3).everybody(samples))
        .extracting(Person::number, Person::samples, person -> Math.round(person.score() * 10))
        .containsExactly(tuple(2, 1, 9L), tuple(1, 2, 2L));
  }

  @Test
  void showsClipsSecondBySecond() {
    clip(0, 0.0, 1.24, 0.2);
    clip(0, 0.64, 1.88, 0.6);
    clip(1, 1.0, 2.2, 0.3);

    Evidence evidence =
        new FaceEvidence(scores(People.MAXIMUM, 1), samples).evidence("any", 9.0, false);

    assertThat(evidence.timeline())
        .extracting(TimelineSegment::start, TimelineSegment::end)
        .containsExactly(tuple(0.0, 1.0), tuple(1.0, 2.0), tuple(2.0, 3.0));
    assertThat(evidence.timeline().get(1).score()).isCloseTo(0.4, within(1e-6));
    assertThat(evidence.timeline().get(2).score()).isCloseTo(0.3, within(1e-6));
  }

  @Test
  void namesPeaksThatAreApart() {
    clip(0, 0.0, 1.2, 0.2);
    clip(0, 3.0, 4.2, 0.9);
    clip(0, 3.4, 4.6, 0.8);
    clip(1, 7.0, 8.2, 0.5);
    clip(1, 9.0, 9.2, 0.1);

    Evidence evidence =
        new FaceEvidence(scores(People.MAXIMUM, 1), samples).evidence("any", null, false);

    assertThat(evidence.faces().peaks()).extracting(Peak::time).containsExactly(3.6, 7.6, 0.6);
    assertThat(evidence.faces().peaks().get(1).person()).isEqualTo(2);
    assertThat(evidence.faces().peaks().getFirst().face().time()).isEqualTo(3.6);
  }

  @Test
  void boundsHowManyFacesItShows() {
    for (int i = 0; i < 737; i++) {
      clip(0, i / 25.0, i / 25.0 + 1.2, 0.5);
    }

    Evidence evidence =
        new FaceEvidence(scores(People.MAXIMUM, 1), samples).evidence("any", null, false);

    assertThat(evidence.regions()).hasSizeBetween(50, 100);
    assertThat(evidence.regions().getLast().time()).isGreaterThan(29);
  }

  private static PeopleScores scores(People people, int minSamples) {
    return new PeopleScores(
        values -> values.stream().mapToDouble(v -> v[0]).average().orElseThrow(),
        people,
        minSamples);
  }

  private void person(int number, double... scores) {
    for (int i = 0; i < scores.length; i++) {
      clip(number, i, i, scores[i]);
    }
  }

  private void clip(int person, double start, double end, double score) {
    Face face = new Face(new Rectangle(10, 10, 90, 90), 0.9);
    FaceAt middle = new FaceAt(Math.round((start + end) * 50) / 100.0, face);
    samples.add(new FaceSample(person, start, end, middle, new float[] {(float) score}));
  }
}
