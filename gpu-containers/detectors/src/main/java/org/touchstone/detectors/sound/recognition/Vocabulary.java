package org.touchstone.detectors.sound.recognition;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.touchstone.models.ModelException;

/** The text's tokens of a recogniser, each a sequence of bytes. */
final class Vocabulary {
  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_TOKEN = 4096;

  /**
   * Signs that stand for what is not said, such as music or who speaks. The published code never
   * writes them.
   */
  private static final String NOT_SPOKEN =
      "\" # ( ) * + / : ; < = > @ [ \\ ] ^ _ ` { | } ~ \u300c \u300d \u300e \u300f << >> <<< >>> --"
          + " --- -( -[ (' (\" (( )) ((( ))) [[ ]] {{ }} \u266a\u266a \u266a\u266a\u266a \u2669"
          + " \u266a \u266b \u266c \u266d \u266e \u266f";

  private final byte[][] tokens;

  private Vocabulary(byte[][] tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a file with a line for each token, its bytes in Base64.
   *
   * @throws ModelException when it is not one
   */
  static Vocabulary read(Path file) {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new ModelException("the vocabulary cannot be read", e);
    }
    if (content.length > MAX_BYTES) {
      throw new ModelException("the vocabulary is too large");
    }
    List<byte[]> tokens = new ArrayList<>();
    try {
      for (String line : new String(content, StandardCharsets.US_ASCII).lines().toList()) {
        byte[] token = Base64.getDecoder().decode(line);
        if (token.length > MAX_TOKEN) {
          throw new ModelException("a token of the vocabulary is too long");
        }
        tokens.add(token);
      }
    } catch (IllegalArgumentException e) {
      throw new ModelException("a line of the vocabulary is not in Base64", e);
    }
    return new Vocabulary(tokens.toArray(byte[][]::new));
  }

  int size() {
    return tokens.length;
  }

  /** The text of tokens; bytes that are not UTF-8 become replacement characters. */
  String text(List<Integer> numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    numbers.forEach(number -> bytes.writeBytes(tokens[number]));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The tokens of signs that are not spoken, with or without a space before them. */
  Set<Integer> notSpoken() {
    Set<String> signs = new HashSet<>();
    for (String sign : NOT_SPOKEN.split(" ")) {
      signs.add(sign);
      signs.add(" " + sign);
    }
    // Hyphens and apostrophes stand inside words, but not at their beginning.
    signs.add(" -");
    signs.add(" '");
    return numbers(signs);
  }

  /** The tokens of a text that begins with nothing: a space. */
  Set<Integer> blank() {
    return numbers(Set.of(" "));
  }

  private Set<Integer> numbers(Set<String> texts) {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < tokens.length; i++) {
      if (texts.contains(new String(tokens[i], StandardCharsets.UTF_8))) {
        found.add(i);
      }
    }
    return found;
  }
}
