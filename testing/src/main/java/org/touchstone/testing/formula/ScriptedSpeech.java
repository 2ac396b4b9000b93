package org.touchstone.testing.formula;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A narrow Whisper whose decoder writes one text, in two sentences with times, whatever it hears.
 * Weights by formula alone would write words without sense, which a recogniser throws away. Each
 * position of the text has a feature of its own: it is high in the embedding of the position and in
 * that of the token that follows.
 */
public final class ScriptedSpeech {
  /** The first sentence, from 0 to 2 seconds of a window. */
  public static final String FIRST = "The council met on Tuesday.";

  /** The second sentence, from 2 to 4.5 seconds. */
  public static final String SECOND = "Nothing was decided.";

  private static final int WIDTH = 64;
  private static final int LANGUAGES = 99;
  private static final int TIMES = 1501;
  private static final double POSITION = 8;
  private static final double TOKEN = 2;

  private ScriptedSpeech() {}

  /** OpenAI's tensors, with one layer each. */
  public static List<FormulaTensor> tensors() {
    return tensors(script(false));
  }

  /** The same, of a text that stops after its second sentence: it ends with two times. */
  public static List<FormulaTensor> thatStops() {
    return tensors(script(true));
  }

  private static List<FormulaTensor> tensors(List<Integer> script) {
    List<FormulaTensor> tensors = new ArrayList<>();
    for (FormulaTensor tensor : FormulaTensor.of("whisper-small-dims", "keys")) {
      if (!tensor.name().contains(".blocks.1.")) {
        tensors.add(scripted(tensor, script));
      }
    }
    return tensors;
  }

  private static FormulaTensor scripted(FormulaTensor tensor, List<Integer> script) {
    String name = tensor.name();
    DType type = tensor.dtype();
    if (name.equals("decoder.token_embedding.weight")) {
      long[] shape = {tokens(), WIDTH};
      return new FormulaTensor(
          name,
          shape,
          type,
          i -> {
            int position = (int) (i % WIDTH);
            boolean here = position < script.size() && script.get(position) == i / WIDTH;
            return here ? TOKEN : 0;
          });
    }
    if (name.equals("decoder.positional_embedding")) {
      return new FormulaTensor(
          name, tensor.shape(), type, i -> i / WIDTH == i % WIDTH ? POSITION : 0);
    }
    if (name.startsWith("decoder.")) {
      double value = name.equals("decoder.ln.weight") ? 1 : 0;
      return new FormulaTensor(name, tensor.shape(), type, i -> value);
    }
    return tensor;
  }

  /** What follows each position. */
  private static List<Integer> script(boolean stops) {
    List<String> words = words();
    int end = words.size();
    int english = end + 2;
    int times = tokens() - TIMES;
    // After the start comes the language; what follows the language is not asked for.
    List<Integer> script = new ArrayList<>(List.of(english, english, times));
    sentence(script, words, FIRST);
    script.addAll(List.of(times + 100, times + 100));
    sentence(script, words, SECOND);
    script.add(times + 225);
    if (stops) {
      script.add(times + 225);
    }
    script.add(end);
    return script;
  }

  private static void sentence(List<Integer> script, List<String> words, String sentence) {
    for (String word : sentence.split(" ")) {
      script.add(words.indexOf(" " + word));
    }
  }

  private static int tokens() {
    return words().size() + 2 + LANGUAGES + 6 + TIMES;
  }

  /** All bytes up to 127 and the words. */
  private static List<String> words() {
    List<String> words = new ArrayList<>();
    LongStream.range(0, 128).forEach(c -> words.add(String.valueOf((char) c)));
    for (String word : (FIRST + " " + SECOND).split(" ")) {
      words.add(" " + word);
    }
    return words;
  }

  /** The vocabulary as OpenAI publishes its own: a token in Base64 and its number on each line. */
  public static byte[] vocabulary() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> words = words();
    for (int i = 0; i < words.size(); i++) {
      byte[] bytes = words.get(i).getBytes(StandardCharsets.UTF_8);
      String line = Base64.getEncoder().encodeToString(bytes) + " " + i + "\n";
      out.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }
}
