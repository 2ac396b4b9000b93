package org.touchstone.domain.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Passage;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.Recording.Stretch;

class TranscriptTest {
  private static final Recording SPOKEN = recording(new Stretch(0, 10), new Stretch(20, 30));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ru | Thank you for watching this video",
        "en | Спасибо за просмотр этого видео",
        "ja | Субтитры сделал неизвестный",
        "ko | 请不吝点赞订阅转发打赏支持明镜",
        "th | Terima kasih telah menonton",
        "zh | 字幕 by the community of amara dot org"
      })
  void wordsInAScriptThatTheLanguageIsNotWrittenInAreDoubtful(String language, String text) {
    assertThat(written(language, new Heard(0, 5, text, Set.of())).passages())
        .containsExactly(new Heard(0, 5, text, Set.of(Doubt.SCRIPT)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ja | 大臣は昨日Facebookで辞任を発表した",
        "ja | カタカナとひらがなと漢字の文章です",
        "zh | 他昨天宣布辞职他昨天宣布辞职",
        "th | รัฐมนตรีประกาศลาออกเมื่อวานนี้",
        "ko | 대통령이 어제 갑자기 사임을 발표했다",
        "sr | Председник је поднео оставку јуче",
        "sr | Predsednik je podneo ostavku",
        "ru | Facebook",
        "en | naïve café façade résumé",
        "und | Спасибо за просмотр этого видео",
        "ha | anything at all that is written"
      })
  void wordsInAScriptOfTheLanguageAreNot(String language, String text) {
    Transcript transcript = written(language, new Heard(0, 5, text, Set.of()));
    assertThat(transcript.passages()).noneMatch(Heard::isDoubtful);
    assertThat(transcript.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"th, รัฐมนตรีประกาศลาออก", "ar, أعلن الوزير استقالته أمس", "ja, 大臣は昨日辞任を発表した"})
  void longTranscriptsOfAnyScriptAreKeptWhole(String language, String text) {
    String hundredKilobytes = text.repeat(100_000 / text.length());
    assertThat(written(language, new Heard(0, 9, hundredKilobytes, Set.of())).text())
        .isEqualTo(hundredKilobytes);
  }

  @Test
  void moreThanAnybodySaysIsRejected() {
    Heard most = new Heard(0, 9, "a".repeat(Transcript.MOST_CHARACTERS), Set.of());
    assertThat(written("en", most).passages()).hasSize(1);
    assertThatThrownBy(() -> written("en", most, new Heard(9, 10, "b", Set.of())))
        .isInstanceOf(RecognitionException.class)
        .hasMessage("The recogniser wrote more than 500,000 characters.");
  }

  @Test
  void wordsWhereNobodySpeaksAreDoubtfulUnlessItIsNotKnownWhoSpeaks() {
    Heard over = new Heard(11, 19, "Thanks for watching.", Set.of());
    Heard beside = new Heard(9, 12, "And so it was.", Set.of());
    assertThat(written("en", beside, over).passages())
        .extracting(Heard::doubts)
        .containsExactly(Set.of(), Set.of(Doubt.SILENCE));
    assertThat(
            Transcript.of(recording(), "r 1", Optional.empty(), "en", List.of(over), 30).passages())
        .noneMatch(Heard::isDoubtful);
  }

  @Test
  void theSameWordsThreeTimesInARowAreDoubtful() {
    Heard[] words =
        IntStream.range(0, 5)
            .mapToObj(
                i -> new Heard(i, i + 1, i == 1 ? "Other." : i == 3 ? "you!" : "You.", Set.of()))
            .toArray(Heard[]::new);
    assertThat(written("en", words).passages())
        .extracting(Heard::isDoubtful)
        .containsExactly(false, false, true, true, true);
    assertThat(written("en", words[2], words[3]).passages()).noneMatch(Heard::isDoubtful);
  }

  @Test
  void bytesThatAreNoCharactersAreDoubtful() {
    assertThat(written("zh", new Heard(0, 2, "他\ufffd", Set.of())).passages().getFirst().doubts())
        .containsExactly(Doubt.BROKEN);
  }

  @Test
  void itIsUnclearWhenMostOfItIsDoubtful() {
    Heard sure = new Heard(0, 4, "He said so.", Set.of());
    Heard unsure = new Heard(4, 9, "Mumbled.", Set.of(Doubt.UNLIKELY));
    DetectorReport report = TranscriptReports.of(written("en", sure, unsure), "1");
    assertThat(report.reason()).isEqualTo(Reason.UNCLEAR_SPEECH);
    assertThat(report.evidence().speech().passages())
        .containsExactly(
            new Passage(0, 4, "He said so.", false), new Passage(4, 9, "Mumbled.", true));
    assertThat(report.evidence().findings())
        .containsExactly(
            new Finding(
                "sound:recognition",
                "doubtful",
                "the recogniser holds its own words to be unlikely: 5.0 seconds"));
    assertThat(TranscriptReports.of(written("en", sure), "1").reason())
        .isEqualTo(Reason.NOT_CONFIGURED);
    assertThat(TranscriptReports.of(written("en"), "1").detail()).contains("understood no words");
  }

  @Test
  void whatIsLeftOutIsSaid() {
    Transcript part =
        Transcript.of(
            SPOKEN,
            "r 1",
            Optional.of("tlh"),
            "en",
            List.of(new Heard(0, 4, "He said so.", Set.of())),
            12.34);
    assertThat(part.isWhole()).isFalse();
    assertThat(TranscriptReports.of(part, "1").detail()).contains("Only the beginning");
    assertThat(part.evidence().findings())
        .extracting(Finding::value)
        .containsExactly(
            "the first 12.3 of 20.0 seconds of speech",
            "the recogniser does not know the language tlh");
  }

  @Test
  void wordsHaveATimeAndAText() {
    assertThatThrownBy(() -> new Heard(2, 1, "a", Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Heard(1, 1, " ", Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stretch(1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Transcript written(String language, Heard... words) {
    return Transcript.of(SPOKEN, "r 1", Optional.empty(), language, List.of(words), 20);
  }

  private static Recording recording(Stretch... speech) {
    return new Recording() {
      @Override
      public double seconds() {
        return 30;
      }

      @Override
      public float[] window(double from, double seconds) {
        return new float[(int) Math.round(seconds * SAMPLE_RATE)];
      }

      @Override
      public List<Stretch> speech() {
        return List.of(speech);
      }
    };
  }
}
