package org.touchstone.detectors.pipelines.genconvit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.models.Activation;
import org.touchstone.models.Output;
import org.touchstone.models.PipelineOptions.Aggregation;

class NetworkScoresTest {
  private static final Output LOGITS = Output.of("logits", Activation.SOFTMAX, 0);

  private final NetworkScores softmax = new NetworkScores(LOGITS, Aggregation.SOFTMAX_MEAN);
  private final NetworkScores reference = new NetworkScores(LOGITS, Aggregation.REFERENCE);

  @Test
  void meansTheSoftmaxOfEveryNetworkAndFace() {
    double score = softmax.score(List.of(new float[] {2, 1, 0, 3}, new float[] {1, 1, -1, 1}));

    assertThat(score)
        .isCloseTo((sigmoid(1) + sigmoid(-3) + sigmoid(0) + sigmoid(-2)) / 4, within(1e-9));
  }

  @Test
  void takesTheMeanSigmoidOfTheLikelierClassForReference() {
    // False: sigmoids of 2 and 1. True: of 1 and -1.
    double fake = reference.score(List.of(new float[] {2, 1, 1, -1}));
    assertThat(fake).isCloseTo((sigmoid(2) + sigmoid(1)) / 2, within(1e-9));

    double real = reference.score(List.of(new float[] {1, 2, -1, 1}));
    assertThat(real).isCloseTo(1 - (sigmoid(2) + sigmoid(1)) / 2, within(1e-9));
  }

  @Test
  void jumpsForReferenceWhereTheClassesAreEqual() {
    double justFake = reference.score(List.of(new float[] {-2, -2.001f}));
    double justReal = reference.score(List.of(new float[] {-2, -1.999f}));

    assertThat(justFake).isCloseTo(sigmoid(-2), within(1e-3));
    assertThat(justReal).isCloseTo(1 - sigmoid(-2), within(1e-3));
    assertThat(softmax.score(List.of(new float[] {-2, -2.001f}))).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void readsTheOtherClassWhereThatIsFalse() {
    Output second = Output.of("logits", Activation.SOFTMAX, 1);

    assertThat(
            new NetworkScores(second, Aggregation.SOFTMAX_MEAN).score(List.of(new float[] {0, 3})))
        .isCloseTo(sigmoid(3), within(1e-9));
    assertThat(new NetworkScores(second, Aggregation.REFERENCE).score(List.of(new float[] {0, 3})))
        .isCloseTo(sigmoid(3), within(1e-9));
  }

  @Test
  void meansProbabilitiesButFindsNoLogitsInThem() {
    Output probabilities = Output.of("probabilities", Activation.NONE, 0);
    List<float[]> faces = List.of(new float[] {0.25f, 0.75f}, new float[] {0.75f, 0.25f});

    assertThat(new NetworkScores(probabilities, Aggregation.SOFTMAX_MEAN).score(faces))
        .isEqualTo(0.5);
    assertThatThrownBy(() -> new NetworkScores(probabilities, Aggregation.REFERENCE).score(faces))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("no logits");
  }

  @Test
  void refusesWhatIsNoNumberAndNoPair() {
    assertThatThrownBy(() -> softmax.score(List.of(new float[] {1, 2, 3})))
        .hasMessageContaining("two numbers");
    assertThatThrownBy(() -> reference.score(List.of(new float[] {Float.NaN, 2})))
        .hasMessageContaining("not give a number");
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
