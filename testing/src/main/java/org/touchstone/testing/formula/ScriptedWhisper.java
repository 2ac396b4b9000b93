package org.touchstone.testing.formula;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Whisper at its published sizes, whose decoder writes the same number of words of every window,
 * whatever it hears; see {@link ScriptedSpeech}. The encoder's weights are by formula. The speed of
 * a network does not depend on the values of its weights, but that of a recogniser does on the
 * number of tokens it writes.
 *
 * @param name the size's name
 * @param bands mel bands
 * @param width of a position and of a token
 * @param audioLayers layers of the encoder
 * @param textLayers layers of the decoder
 * @param languages languages that have a token
 */
public record ScriptedWhisper(
    String name, int bands, int width, int audioLayers, int textLayers, int languages) {
  /** Words of the vocabulary of all multilingual sizes. */
  private static final int WORDS = 50_257;

  private static final int TIMES = 1501;
  private static final int CONTEXT = 448;
  private static final int AUDIO_CONTEXT = 1500;
  private static final double POSITION = 8;
  private static final double TOKEN = 2;

  /** The sizes as OpenAI's code gives their dimensions, the smallest first. */
  public static final List<ScriptedWhisper> SIZES =
      List.of(
          new ScriptedWhisper("tiny", 80, 384, 4, 4, 99),
          new ScriptedWhisper("base", 80, 512, 6, 6, 99),
          new ScriptedWhisper("small", 80, 768, 12, 12, 99),
          new ScriptedWhisper("medium", 80, 1024, 24, 24, 99),
          new ScriptedWhisper("turbo", 128, 1280, 32, 4, 100),
          new ScriptedWhisper("large-v3", 128, 1280, 32, 32, 100));

  /** The number of all tokens. */
  public int tokens() {
    return WORDS + 2 + languages + 6 + TIMES;
  }

  /**
   * OpenAI's tensors.
   *
   * @param words of a window's text, at most 200: about 75 in 30 seconds of speech
   */
  public List<FormulaTensor> tensors(int words) {
    List<FormulaTensor> tensors = new ArrayList<>();
    List<Integer> script = script(words);
    tensors.add(FormulaTensor.of("encoder.positional_embedding", AUDIO_CONTEXT, width));
    tensors.add(FormulaTensor.of("encoder.conv1.weight", width, bands, 3));
    tensors.add(FormulaTensor.of("encoder.conv1.bias", width));
    tensors.add(FormulaTensor.of("encoder.conv2.weight", width, width, 3));
    tensors.add(FormulaTensor.of("encoder.conv2.bias", width));
    for (int i = 0; i < audioLayers; i++) {
      block(tensors, "encoder.blocks." + i, false);
    }
    norm(tensors, "encoder.ln_post", false);
    tensors.add(
        of("decoder.token_embedding.weight", i -> isNext(script, i) ? TOKEN : 0, tokens(), width));
    tensors.add(
        of(
            "decoder.positional_embedding",
            i -> i / width == i % width ? POSITION : 0,
            CONTEXT,
            width));
    for (int i = 0; i < textLayers; i++) {
      block(tensors, "decoder.blocks." + i, true);
    }
    norm(tensors, "decoder.ln", true);
    return tensors;
  }

  /** Whether a token follows the position that a feature stands for. */
  private boolean isNext(List<Integer> script, long index) {
    int position = (int) (index % width);
    return position < script.size() && script.get(position) == index / width;
  }

  /** What follows each position. */
  private List<Integer> script(int words) {
    int english = WORDS + 2;
    int times = tokens() - TIMES;
    List<Integer> script = new ArrayList<>(List.of(english, english, times));
    for (int i = 0; i < words; i++) {
      script.add(1000 + i);
    }
    script.add(times + TIMES - 1);
    script.add(WORDS);
    return script;
  }

  private void block(List<FormulaTensor> tensors, String key, boolean decoder) {
    attention(tensors, key + ".attn", decoder);
    norm(tensors, key + ".attn_ln", decoder);
    if (decoder) {
      attention(tensors, key + ".cross_attn", true);
      norm(tensors, key + ".cross_attn_ln", true);
    }
    linear(tensors, key + ".mlp.0", decoder, 4 * width, width);
    linear(tensors, key + ".mlp.2", decoder, width, 4 * width);
    norm(tensors, key + ".mlp_ln", decoder);
  }

  private void attention(List<FormulaTensor> tensors, String key, boolean zero) {
    linear(tensors, key + ".query", zero, width, width);
    tensors.add(of(key + ".key.weight", zero, width, width));
    linear(tensors, key + ".value", zero, width, width);
    linear(tensors, key + ".out", zero, width, width);
  }

  private static void linear(
      List<FormulaTensor> tensors, String key, boolean zero, int out, int in) {
    tensors.add(of(key + ".weight", zero, out, in));
    tensors.add(of(key + ".bias", zero, out));
  }

  private void norm(List<FormulaTensor> tensors, String key, boolean plain) {
    tensors.add(
        plain ? of(key + ".weight", i -> 1, width) : FormulaTensor.of(key + ".weight", width));
    tensors.add(of(key + ".bias", plain, width));
  }

  private static FormulaTensor of(String name, boolean zero, long... shape) {
    return zero ? of(name, i -> 0, shape) : FormulaTensor.of(name, shape);
  }

  private static FormulaTensor of(String name, FormulaTensor.Values values, long... shape) {
    return new FormulaTensor(name, shape, DType.FLOAT32, values);
  }

  /** A vocabulary as OpenAI publishes its own: words of seven letters that look drawn at random. */
  public static byte[] vocabulary() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder(" ");
      long hash = Formula.bits(Formula.seed("word"), i) & Long.MAX_VALUE;
      for (int k = 0; k < 7; k++) {
        word.append((char) ('a' + hash % 26));
        hash /= 26;
      }
      byte[] bytes = word.toString().getBytes(StandardCharsets.US_ASCII);
      String line = Base64.getEncoder().encodeToString(bytes) + " " + i + "\n";
      out.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }
}
