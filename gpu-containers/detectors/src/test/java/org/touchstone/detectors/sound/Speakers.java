package org.touchstone.detectors.sound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.touchstone.detectors.base.DecodeLimits;

/**
 * Sentences in twelve languages and four voices each, spoken by eSpeak NG where it is installed.
 */
public final class Speakers {
  private static final String[][] VARIANTS = {
    {"", "165"}, {"+f3", "150"}, {"+m7", "190"}, {"+f5", "165"}
  };

  private static final Map<String, String> SENTENCES = sentences();

  private Speakers() {}

  private static Map<String, String> sentences() {
    Map<String, String> sentences = new LinkedHashMap<>();
    sentences.put(
        "en",
        "The committee met on Tuesday evening to discuss the new bridge. Nobody expected that the"
            + " vote would be so close, and yet the mayor seemed pleased.");
    sentences.put(
        "de",
        "Der Ausschuss traf sich am Dienstagabend, um über die neue Brücke zu sprechen. Niemand"
            + " hatte erwartet, dass die Abstimmung so knapp ausgeht.");
    sentences.put(
        "fr",
        "Le comité s'est réuni mardi soir pour parler du nouveau pont. Personne ne pensait que le"
            + " vote serait si serré, et pourtant le maire semblait content.");
    sentences.put(
        "es",
        "El comité se reunió el martes por la noche para hablar del nuevo puente. Nadie esperaba"
            + " que la votación fuera tan reñida.");
    sentences.put(
        "it",
        "Il comitato si è riunito martedì sera per discutere del nuovo ponte. Nessuno si aspettava"
            + " un voto così combattuto.");
    sentences.put(
        "pl",
        "Komitet spotkał się we wtorek wieczorem, aby omówić nowy most. Nikt nie spodziewał się"
            + " tak wyrównanego głosowania.");
    sentences.put(
        "ru",
        "Комитет собрался во вторник вечером, чтобы обсудить новый мост. Никто не ожидал такого"
            + " голосования.");
    sentences.put(
        "da",
        "Udvalget mødtes tirsdag aften for at tale om den nye bro. Ingen havde ventet, at"
            + " afstemningen ville blive så tæt.");
    sentences.put(
        "hi",
        "समिति मंगलवार शाम को नए पुल पर चर्चा करने के लिए मिली। किसी ने नहीं सोचा था कि मतदान"
            + " इतना करीबी होगा।");
    sentences.put("cmn", "委员会星期二晚上开会讨论新桥。没有人想到投票结果会这么接近。");
    sentences.put(
        "sw",
        "Kamati ilikutana Jumanne jioni kujadili daraja jipya. Hakuna aliyetarajia kura ziwe"
            + " karibu hivyo.");
    sentences.put(
        "tr",
        "Komite salı akşamı yeni köprüyü görüşmek için toplandı. Kimse oylamanın bu kadar yakın"
            + " olacağını beklemiyordu.");
    return sentences;
  }

  /** By language and voice, their samples at 16 kHz; empty where eSpeak NG is not installed. */
  public static Optional<Map<String, float[]>> all(Path folder) {
    Map<String, float[]> spoken = new LinkedHashMap<>();
    for (Map.Entry<String, String> sentence : SENTENCES.entrySet()) {
      for (String[] variant : VARIANTS) {
        String voice = sentence.getKey() + variant[0];
        Path file = folder.resolve("espeak-" + voice + ".wav");
        if (!speak(file, voice, variant[1], sentence.getValue())) {
          return Optional.empty();
        }
        try (Sound sound = Sound.decode(file, folder, DecodeLimits.DEFAULT)) {
          spoken.put(voice, sound.window(0L, (int) sound.samples()));
        }
      }
    }
    return Optional.of(spoken);
  }

  private static boolean speak(Path file, String voice, String speed, String text) {
    try {
      Process process =
          new ProcessBuilder("espeak-ng", "-v", voice, "-s", speed, "-w", file.toString(), text)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new UncheckedIOException(new IOException("eSpeak NG does not end"));
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
