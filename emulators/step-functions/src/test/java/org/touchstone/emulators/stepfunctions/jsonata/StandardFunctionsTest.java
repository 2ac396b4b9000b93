package org.touchstone.emulators.stepfunctions.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.emulators.stepfunctions.json.JsonValues;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** Functions as JSONata 2.0.6 has them; the expected values were calculated by it. */
class StandardFunctionsTest {
  private static final Evaluator EVALUATOR = new Evaluator(InstantSource.system());

  @AfterAll
  static void close() {
    EVALUATOR.close();
  }

  private static String evaluate(String expression) throws Exception {
    Template template =
        Template.of(
            "{% " + expression + " %}",
            "Output",
            (field, message) -> {
              throw new AssertionError(message);
            });
    Bindings bindings = new Bindings(Payload.EMPTY_OBJECT, null, null, Map::of, Map.of());
    return JsonValues.write(EVALUATOR.evaluate(template, bindings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "$sort([{'p':2,'n':1},{'p':1,'n':2},{'p':2,'n':3},{'p':1,'n':4}],"
            + " function($a,$b){$a.p>$b.p}).n | [2,4,1,3]",
        "$sort([3,1,2], function($a,$b){$a<$b})       | [3,2,1]",
        "$sort([1,2,3], function($a,$b){true})        | [3,2,1]",
        "$sort(['b','a'])                             | [\"a\",\"b\"]",
        "$sort([1])                                   | [1]",
        "$sort(null)                                  | [null]",
        "$distinct([{'a':1},{'a':1}])                 | [{\"a\":1}]",
        "$distinct([{'a':1,'b':2},{'b':2,'a':1}])     | [{\"a\":1,\"b\":2}]",
        "$distinct([[1],[1]])                         | [[1]]",
        "$distinct([1,1.0,'1',null,null])             | [1,\"1\",null]",
        "$distinct('a')                               | `\"a\"`",
        "$count(null)                                 | 1",
        "$count([null])                               | 1",
        "$count([])                                   | 0",
        "$map(null, $type)                            | `\"null\"`",
        "$filter([null,1], function($v){$v=null})     | null",
        "$zip(null, [1,2])                            | [[null,1]]",
        "$reduce(null, function($a,$b){$b}, 'z')      | null",
        "$reduce([[1],[2,3]], $append, [])            | [1,2,3]",
        "$single(null)                                | null",
        "$reverse(null)                               | [null]"
      })
  void arraysAreAsInJsonata206(String expression, String expected) throws Exception {
    assertThat(evaluate(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "$substring('a😀bc', 1)                       | 😀bc",
        "$substring('a😀bc', 1, 1)                    | 😀",
        "$substring('a😀bc', -2)                      | bc",
        "$substring('hello', -3, 2)                   | ll",
        "$substring('hello', 1, 1.5)                  | e",
        "$substring('hello', 9)                       | ``",
        "$pad('😀', 3, 'ab')                          | 😀ab",
        "$pad('a', -4, '😀!')                         | 😀!😀a",
        "$split('a-b-c', '-', 2)[1]                   | b",
        "$split('a1b2c', /[0-9]/)[2]                  | c",
        "$join($split('a😀', 'x'))                    | a😀",
        "$substringAfter('abc', $states.input.absent) | abc",
        "$match('abab', /a(b)/)[1].groups[0]          | b",
        "$replace('abracadabra', /a(b)?/, '[$1]')     | [b]r[]c[]d[b]r[]",
        "$replace('265USD', /([0-9]+)USD/, '$$$1')    | $265",
        "$replace('aaaa', 'a', 'b', 2)                | bbaa",
        "$replace('aaa', /a*/, '*')                   | *",
        "$replace('a.b', '.', '$1')                   | a$1b",
        "$replace('ab', /b/, function($m){$uppercase($m.match) & $m.start}) | aB1",
        "$encodeUrl('https://a/ä?b=c d#e')            | https://a/%C3%A4?b=c%20d#e",
        "$encodeUrlComponent('a/b c+(d)')             | a%2Fb%20c%2B(d)",
        "$decodeUrl('a%20b%2Fc+d')                    | a b%2Fc+d",
        "$decodeUrlComponent('%F0%9F%98%80%2F')       | 😀/",
        "$string(1e20)                                | 100000000000000000000",
        "$string(1e21)                                | 1e+21",
        "$string(1e-7)                                | 1e-7",
        "$string(0.1 + 0.2)                           | 0.3",
        "$string(9007199254740993)                    | 9007199254740990",
        "$string({'a':[1e20,null,'ä\u2028'],'f':$sum}) | {\"a\":[100000000000000000000,null,\"ä\u2028\"],\"f\":\"\"}",
        "$string({}, true)                            | {}",
        "$formatBase(1e20)                            | 100000000000000000000",
        "$formatBase(-255, 16)                        | -ff"
      })
  void textsAreAsInJsonata206(String expression, String expected) throws Exception {
    assertThat(evaluate(expression)).isEqualTo(JsonValues.write(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "$formatNumber(123412345678.9, '9,9,99.99')   | 123412345,6,78.90",
        "$formatNumber(1234.56789, '9,999.999,999')   | 1,234.567,890",
        "$formatNumber(0.234, '#.00e0')               | 0.23e0",
        "$formatNumber(0.123, '#.e9')                 | 0.1e0",
        "$formatNumber(-1234.5, '#,##0.00;(#,##0.0)') | (1,234.5)",
        "$formatNumber(-1234.5, '#,##0.00')           | -1,234.50",
        "$formatNumber(0.14, '01%')                   | 14%",
        "$formatNumber(0.5, '0.')                     | 0",
        "$formatNumber(1234.5, '#.##0,00', {'grouping-separator':'.','decimal-separator':','}) | 1.234,50",
        "$formatInteger(1e20, '0')                    | 100000000000000000000",
        "$formatInteger(1e46, 'w')                    | ten billion trillion trillion trillion",
        "$formatInteger(1234, '#,##0')                | 1,234",
        "$formatInteger(1234567, '##,##,##0')         | 12,34,567",
        "$formatInteger(12, '٠')                      | ١٢",
        "$formatInteger(112, '1;o')                   | 112th",
        "$formatInteger(22, '1;o')                    | 22nd",
        "$formatInteger(21, 'Ww;o')                   | Twenty-First",
        "$formatInteger(1999, 'I')                    | MCMXCIX",
        "$formatInteger(703, 'a')                     | aaa",
        "$formatInteger(-5, '000')                    | -005",
        "$string($parseInteger('١٢٣٤٠', '###١'))      | 12340",
        "$string($parseInteger('１２３', '###０'))      | 123",
        "$string($parseInteger('1,234', '#,##0'))     | 1234",
        "$string($parseInteger('xiv', 'i'))           | 14",
        "$string($parseInteger('AB', 'A'))            | 28",
        "$string($parseInteger('one thousand, two hundred and thirty-four', 'w')) | 1234",
        "$string($parseInteger('21st', '0;o'))        | 21",
        "$string($parseInteger('two trillion', 'w'))  | 2000000000000"
      })
  void numbersInPicturesAreAsInJsonata206(String expression, String expected) throws Exception {
    assertThat(evaluate(expression)).isEqualTo(JsonValues.write(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "1104537600000, [X0001]-W[W01]-[F1], 2004-W53-6",
    "1199059200000, [X0001]-W[W01]-[F1], 2008-W01-1",
    "1230508800000, [X]-W[W01], 2009-W01",
    "1359720000000, [w] of [xNn], 5 of January",
    "1483272000000, [w] of [xN], 5 of DECEMBER",
    "1533038400000, '[w] of [xn,3-3]', 1 of aug",
    "1419940800000, [w1o] of [xNn], 1st of January",
    "1510067557121, [[[D1o]]] [MNn] [Y], [7th] November 2017"
  })
  void weeksBelongWhereTheirThursdayLies(long millis, String picture, String expected)
      throws Exception {
    assertThat(evaluate("$fromMillis(" + millis + ", '" + picture + "')"))
        .isEqualTo(JsonValues.write(expected));
  }

  @ParameterizedTest
  @CsvSource({"0x1F, 31", "0b101, 5", "0o17, 15", "-1.50, -1.5", "0012, 12", "1e3, 1000"})
  void numbersAreReadAsInJsonata206(String text, String expected) throws Exception {
    assertThat(evaluate("$number('" + text + "')")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "$number(' 1')                         | D3030",
        "$number('1/2')                        | D3030",
        "$sum(null)                            | T0412",
        "$merge(null)                          | T0412",
        "$sort([1,'a'])                        | D3070",
        "$sort([true,false])                   | D3070",
        "$replace('abracadabra', /.*?/, '$1')  | D1004",
        "$match('abc', /x*/)                   | D1004",
        "$replace('a', '', 'x')                | D3010",
        "$replace('a', /a/, function($m){1})   | D3012",
        "$split('a', ',', -1)                  | D3020",
        "$match('a', /a/, -1)                  | D3040",
        "$match('a', function($s){'no match'}) | T1010",
        "$decodeUrl('%zz')                     | D3140",
        "$decodeUrl('%C3')                     | D3140",
        "$formatNumber(1, '0.0.0')             | D3081",
        "$formatNumber(20, '0+.e0')            | D3086",
        "$formatInteger(1, 'x')                | D3130",
        "$formatInteger(1, '1٠')               | D3131",
        "$fromMillis(0, '[Y')                  | D3135",
        "$fromMillis(0, '[wN]')                | D3133",
        "$toMillis('12')                       | D3110"
      })
  void errorsAreThoseOfJsonata206(String expression, String code) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOf(QueryEvaluationException.class)
        .hasMessageContaining(code);
  }

  @ParameterizedTest
  @CsvSource({
    "'($f := $substring(?, 0, 2); $f(''hello''))', he",
    "'($m := $replace(?, ''l'', ?); $m(''hello'', ''L''))', heLLo",
    "'''a-b'' ~> $split(''-'') ~> $join(''+'')', a+b"
  })
  void functionsCanBeAppliedPartlyAndChained(String expression, String expected) throws Exception {
    assertThat(evaluate(expression)).isEqualTo(JsonValues.write(expected));
  }
}
