package org.touchstone.emulators.stepfunctions.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.json.JsonValues;
import org.touchstone.emulators.stepfunctions.json.Payload;

class EvaluatorTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
  private static final Evaluator EVALUATOR = new Evaluator(InstantSource.fixed(NOW));
  private static final String SLOW_BUILT_IN = "$contains('" + "x".repeat(40) + "', /(x+x+)+\\1y/)";
  private static final String INPUT =
      """
      {"n":null,"i":3,"l":5000000000,"d":2.5,"whole":1.0,"arr":[1,2,3],"one":[7],"empty":[],
       "mixed":[1,null,"x"],"o":{"a":{"b":"deep"}},"text":"héllo","big":99999999999999999999}
      """;

  @AfterAll
  static void close() {
    EVALUATOR.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "$states.input.i                                 | 3",
        "$states.input.i * 2                             | 6",
        "$states.input.d * 2                             | 5",
        "$states.input.i / 2                             | 1.5",
        "$states.input.l + 1                             | 5000000001",
        "$states.input.whole                             | 1",
        "$states.input.whole = 1                         | true",
        "$states.input.n                                 | null",
        "$exists($states.input.n)                        | true",
        "$exists($states.input.absent)                   | false",
        "$type($states.input.n)                          | `\"null\"`",
        "$states.input.one                               | [7]",
        "$states.input.one[0]                            | 7",
        "$states.input.empty                             | []",
        "$states.input.mixed                             | [1,null,\"x\"]",
        "$states.input.mixed[$ = null]                   | null",
        "$states.input.arr[$ > 1]                        | [2,3]",
        "$states.input.arr[$ > 2]                        | 3",
        "[$states.input.arr[$ > 9]]                      | []",
        "{'a': $states.input.n, 'b': $states.input.none} | {\"a\":null}",
        "$merge([$states.input.o, {'t': null}])          | {\"a\":{\"b\":\"deep\"},\"t\":null}",
        "[1..3]                                          | [1,2,3]",
        "$map([1,2], function($v) { $v * 2 })            | [2,4]",
        "$states.input.o ~> |$|{'z': 1}|                 | {\"a\":{\"b\":\"deep\"},\"z\":1}",
        "$states.result.Payload                          | `\"done\"`",
        "$states.context.Execution.Name                  | `\"run-1\"`",
        "$states.context.Execution.Input.i               | 3",
        "$lookup($states, 'input').i                     | 3",
        "$outer & '!'                                    | `\"from outside!\"`",
        "$now()                                          | `\"2026-03-04T05:06:07.089Z\"`",
        "$millis()                                       | 1772600767089",
        "$fromMillis(0)                                  | `\"1970-01-01T00:00:00.000Z\"`",
        "$partition([1,2,3,4,5], 2.9)                    | [[1,2],[3,4],[5]]",
        "$partition([1,2], 5)                            | [[1,2]]",
        "$range(1, 10, 3)                                | [1,4,7,10]",
        "$range(3, 1, -1)                                | [3,2,1]",
        "$range(-1.7, 2, 1)                              | [-1,0,1,2]",
        "$range(1, 3, 1)[0] = 1                          | true",
        "$range(4, 4, 1)                                 | 4",
        "$hash('a', 'MD5')                               | `\"0cc175b9c0f1b6a831c399e269772661\"`",
        "$hash('a', 'SHA-1')          | `\"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\"`",
        "$random(7) = $random(7)                         | true",
        "$random() < 1 and $random() >= 0                | true",
        "$length($uuid())                                | 36",
        "$parse('{\"a\":[1,null]}')                      | {\"a\":[1,null]}",
        "$map(['1','2'], $parse)                         | [1,2]",
      })
  void evaluates(String expression, String expected) throws Exception {
    assertThat(JsonValues.write(evaluate(expression))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.absent",
        "$nobody",
        "$states.errorOutput",
        "$partition([], 2)",
        "$partition([1], 0)",
        "$range(1, 5, 0)",
        "$range(1, 5, -1)",
        "$range(1, 5)",
        "$hash('a')"
      })
  void failsWhenAnExpressionGivesNothing(String expression) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOf(QueryEvaluationException.class)
        .hasMessage(
            "The JSONata expression '%s' specified for the field 'Output/v[1]'"
                    .formatted(expression)
                + " returned nothing (undefined).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "1 + 'x'                       | T2002",
        "$map([1], function($v) { $v + 'x' }) | T2002",
        "1 / 0                         | Number out of range",
        "$eval('1+1')                  | T1006",
        "$parse('{')                   | malformed JSON",
        "$hash('a', 'CRC32')           | SHA-512",
        "$partition([1], 'x')          | takes numbers",
        "function($x) { $x }           | unsupported result type",
        "[$sum]                        | unsupported result type",
        "$range(1, 400000, 1)          | memory limit",
        "($f := function($s) { $f($s & $s) }; $f('0123456789')) | memory limit",
        "($f := function($n) { 1 + $f($n + 1) }; $f(0))         | Stack overflow",
        "$map([1], function($v) { ($f := function($n) { 1 + $f($n) }; $f(0)) }) | Stack overflow",
      })
  void saysWhyAnExpressionFailed(String expression, String reason) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOf(QueryEvaluationException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("'" + expression + "'");
  }

  @Test
  void refusesTextThatIsNoExpression() {
    assertThatThrownBy(() -> Expression.compile("{% a[1,2) %}"))
        .isInstanceOf(ExpressionSyntaxException.class);
    assertThatThrownBy(() -> Expression.compile("{%  %}"))
        .isInstanceOf(ExpressionSyntaxException.class);
    assertThatThrownBy(() -> Expression.compile("{% " + "(".repeat(20_000) + " %}"))
        .isInstanceOf(ExpressionSyntaxException.class);
  }

  @Test
  void takesOnlyWholeStringsAsExpressions() throws Exception {
    Object template =
        JsonValues.parse(
            """
            {"a":"{% 1 + 1 %}","b":["{% $states.input.i %}"," {% 1 %}","{% 1 %} ","{%1%}"],"c":true}
            """,
            null);
    Template compiled = Template.of(template, "Output", (field, message) -> {});

    assertThat(JsonValues.write(EVALUATOR.evaluate(compiled, bindings())))
        .isEqualTo("{\"a\":2,\"b\":[3,\" {% 1 %}\",\"{% 1 %} \",1],\"c\":true}");
  }

  @Test
  void anExpressionCannotChangeWhatAnotherSees() throws Exception {
    Template first = template("$states.input.o ~> |$|{'a': 'changed'}|");
    Template second = template("$states.input.o.a.b");

    List<Object> values =
        EVALUATOR.evaluate(
            bindings(), session -> List.of(session.evaluate(first), session.evaluate(second)));

    assertThat(values).containsExactly(Map.of("a", "changed"), "deep");
  }

  @Test
  void oneExpressionServesManyThreads() throws Exception {
    Template shared =
        template(
            "$reduce($map([1..20], function($v) { $v * $states.input.i }),"
                + " function($a, $b) { $a + $b }) & '-' & $string($states.input.i)");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Bindings own = bindings(Payload.of(Map.of("i", i)));
        calls.add(() -> EVALUATOR.evaluate(shared, own));
      }
      List<Object> results = new ArrayList<>();
      for (Future<Object> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      for (int i = 0; i < 400; i++) {
        assertThat(results.get(i)).isEqualTo(210 * i + "-" + i);
      }
    }
  }

  @Test
  void readsHugeIntegersAsDoubles() throws Exception {
    assertThat(evaluate("$states.input.big")).isEqualTo(1e20);
  }

  @Test
  void givesUpWhatTakesTooLongAndGoesOnServing() throws Exception {
    try (Evaluator hasty = new Evaluator(InstantSource.fixed(NOW), Duration.ofMillis(200))) {
      // Tail calls never nest, so only the library's own check of the time ends them. Work inside a
      // built-in function is beyond that check.
      List<String> endless = List.of("($f := function($n) { $f($n + 1) }; $f(0))", SLOW_BUILT_IN);
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        Template slow = template(endless.get(i % 2));
        assertThatThrownBy(() -> hasty.evaluate(slow, bindings()))
            .isInstanceOf(QueryEvaluationException.class);
      }
      assertThat(hasty.evaluate(template("1 + 1"), bindings())).isEqualTo(2);
    }
  }

  private static Object evaluate(String expression) throws Exception {
    return EVALUATOR.evaluate(template(expression), bindings());
  }

  private static Template template(String expression) {
    return Template.of(
        "{% " + expression + " %}",
        "Output/v[1]",
        (field, message) -> {
          throw new AssertionError(message);
        });
  }

  private static Bindings bindings() throws Exception {
    return bindings(Payload.parse(INPUT.strip()));
  }

  private static Bindings bindings(Payload input) throws Exception {
    Map<String, Object> execution = new LinkedHashMap<>();
    execution.put("Name", "run-1");
    execution.put("Input", input);
    return new Bindings(
        input,
        Payload.parse("{\"Payload\":\"done\"}"),
        null,
        () -> Map.of("Execution", execution),
        Map.of("outer", Payload.parse("\"from outside\""), "out", Payload.parse("1")));
  }
}
