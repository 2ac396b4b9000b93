package org.touchstone.emulators.stepfunctions.jsonata;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS refuses when a state machine is created. */
class LanguageRulesTest {
  private static void compile(String expression) throws ExpressionSyntaxException {
    Expression.compile("{% " + expression + " %}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.a ?? 1",
        "$states.input.a ?: 1",
        "$map($states.input, function($v) { $v.a ?? 0 })",
        "[$states.input.a??1]",
        "$states.input[a ?: b]",
        "/* why ?? */ $states.input.a ?? 1",
        "$contains('a', /b/) ?: 1"
      })
  void refusesOperatorsOfLaterVersions(String expression) {
    assertThatThrownBy(() -> compile(expression))
        .isInstanceOf(ExpressionSyntaxException.class)
        .hasMessageContaining("2.0.6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$",
        "$$",
        "$.a",
        "$$.a",
        "name",
        "`quoted name`",
        "name.inner",
        "$count(items)",
        "{'a': name}",
        "[1, name]",
        "$states.input.a & name",
        "($x := name; $x)",
        "1 / name",
        "$states.input.a > 1 ? name : 2",
        "and",
        "$map([1], $string) = $"
      })
  void refusesWhatRefersToAnInputDocument(String expression) {
    assertThatThrownBy(() -> compile(expression))
        .isInstanceOf(ExpressionSyntaxException.class)
        .hasMessageContaining("$states.input");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a ?? b ?: c $ name'",
        "\"quoted \\\" ?? \"",
        "/* $ name ?? */ 1",
        "$contains('a??', /a??b?:/)",
        "$states.input.a ? 1 : 2",
        "$states.input.a[$ > 1]",
        "$states.input.items[name = 'x'].price",
        "$states.input.items.(price * amount)",
        "$states.input.items.{'n': name}",
        "$states.input.items.[name, $]",
        "$states.input.items.$uppercase(name)",
        "$states.input.items.$sum(prices)",
        "$states.input.items^(>price, name)",
        "$states.input.items{kind: $sum(price)}",
        "$states.input ~> |items|{'price': price * 2}, ['x']|",
        "$states.input.`quoted name`",
        "function($x)<s-:s>{ $uppercase($x) }('a')",
        "λ($x){ $x }(1)",
        "$map([1], function($v, $i) { $v + $i })",
        "$f := $substring(?, 1)",
        "$states.input.*",
        "$states.input.a / $states.input.b / 2",
        "1.5e-3 + [1..3][0]",
        "true and null != false",
        "$states.input.and"
      })
  void acceptsWhatAwsAccepts(String expression) {
    assertThatCode(() -> compile(expression)).doesNotThrowAnyException();
  }
}
