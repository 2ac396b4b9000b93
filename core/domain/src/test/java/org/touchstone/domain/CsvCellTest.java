package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF201"})
  void formulasBeginWithAnApostrophe(String formula) {
    assertThat(CsvCell.of(formula)).isEqualTo("'" + formula);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t=1", "\r=1", "\n=1"})
  void formulasBehindSpaceBeginWithAnApostrophe(String formula) {
    assertThat(CsvCell.of(formula)).isEqualTo("\"'" + formula + "\"");
  }

  @Test
  void separatorsAreQuoted() {
    assertThat(CsvCell.of("a,b")).isEqualTo("\"a,b\"");
    assertThat(CsvCell.of("a;b")).isEqualTo("\"a;b\"");
    assertThat(CsvCell.of("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    assertThat(CsvCell.of("a\r\nb")).isEqualTo("\"a\r\nb\"");
  }

  @Test
  void othersStay() {
    assertThat(CsvCell.of("1.5 = a")).isEqualTo("1.5 = a");
    assertThat(CsvCell.of("")).isEmpty();
    assertThat(CsvCell.of(null)).isEmpty();
  }
}
