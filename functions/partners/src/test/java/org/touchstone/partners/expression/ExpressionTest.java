package org.touchstone.partners.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Json;

class ExpressionTest {
  private static JsonNode json(String text) throws Exception {
    return Json.mapper().readTree(text);
  }

  @Test
  void readsAnAnswer() throws Exception {
    JsonNode result =
        Expression.compile("{'score': $max(frames.p) / 100, 'evidence': {'n': $count(frames)}}")
            .evaluate(json("{\"frames\":[{\"p\":3},{\"p\":70.5}]}"));

    assertThat(result.path("score").doubleValue()).isEqualTo(0.705);
    assertThat(result.path("evidence").path("n").intValue()).isEqualTo(2);
  }

  @Test
  void keepsNullApartFromNothing() throws Exception {
    assertThat(Expression.compile("a").evaluate(json("{\"a\":null}")).isNull()).isTrue();
    assertThat(Expression.compile("b").evaluate(json("{\"a\":1}")).isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "a b", "$max(", "/(/", "a[", "((((((("})
  void refusesWhatIsNotJsonata(String source) {
    assertThatThrownBy(() -> Expression.compile(source))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function($n) { $f($n + 1) + 1 }; $f(0))",
        "$eval('1')",
        "$number('x')",
        "function($x) { $x }",
        "($s := function($t, $n) { $n = 0 ? $t : $s($t & $t, $n - 1) }; $s('xxxxxxxxxxxxxxxx', 30))",
        "$match('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', /(x+x+)+\\1y/)"
      })
  void endsWhateverItDoes(String source) throws Exception {
    Expression expression = Expression.compile(source, Duration.ofMillis(300));
    long start = System.nanoTime();

    assertThatThrownBy(() -> expression.evaluate(json("{\"secret\":\"of the answer\"}")))
        .isInstanceOf(EvaluationException.class)
        .hasMessageNotContaining("secret");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }
}
