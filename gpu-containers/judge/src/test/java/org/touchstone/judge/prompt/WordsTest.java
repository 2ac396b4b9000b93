package org.touchstone.judge.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0",
        "one two three | 3",
        "don't stop-motion | 2",
        "... --- !!! | 0",
        "今天早上八点多到的现场路还是封着的 | 8",
        "今日は朝から雨が降っています | 7",
        "오늘 아침에 비가 왔다 | 4",
        "วันนี้ฝนตกตั้งแต่เช้า | 4",
        "ມື້ນີ້ຝົນຕົກແຕ່ເຊົ້າ | 3",
        "ថ្ងៃនេះមានភ្លៀងតាំងពីព្រឹក | 4",
        "我用 GPS 导航 | 3",
        "اليوم أمطرت منذ الصباح | 4",
        "आज सुबह से बारिश हो रही है | 7"
      })
  void lengthHoldsForEveryScript(String text, int words) {
    assertThat(Words.in(text)).isEqualTo(words);
  }
}
