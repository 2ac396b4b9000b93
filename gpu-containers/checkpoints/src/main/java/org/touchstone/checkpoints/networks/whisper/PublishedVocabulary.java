package org.touchstone.checkpoints.networks.whisper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;
import org.touchstone.domain.Json;

/**
 * Whisper's vocabulary as it is published: {@code multilingual.tiktoken} or {@code gpt2.tiktoken}
 * beside OpenAI's code, {@code vocab.json} or {@code tokenizer.json} beside Hugging Face's weights.
 * A token is a sequence of bytes, often not a whole character. Special tokens are left out: their
 * numbers follow those of the text's tokens in a fixed order.
 */
final class PublishedVocabulary {
  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_TOKENS = 1 << 20;
  private static final String TIKTOKEN = ".tiktoken";

  private final byte[][] tokens;

  private PublishedVocabulary(byte[][] tokens) {
    this.tokens = tokens;
  }

  static boolean isOne(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(TIKTOKEN) || name.equals("vocab.json") || name.equals("tokenizer.json");
  }

  /**
   * @throws CheckpointException when it is not a vocabulary
   */
  static PublishedVocabulary read(Path file) throws IOException {
    String name = file.getFileName().toString();
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_BYTES + 1);
    }
    if (content.length > MAX_BYTES) {
      throw new CheckpointException(Kind.TOO_LARGE, name + ": too large for a vocabulary");
    }
    byte[][] found =
        name.endsWith(TIKTOKEN) ? ranked(name, content) : byteLevel(name, vocab(name, content));
    int count = found.length;
    while (count > 0 && found[count - 1] == null) {
      count--;
    }
    byte[][] tokens = new byte[count][];
    for (int i = 0; i < count; i++) {
      if (found[i] == null) {
        throw malformed(name, "it has no token with the number " + i);
      }
      tokens[i] = found[i];
    }
    return new PublishedVocabulary(tokens);
  }

  /** The number of the text's tokens. */
  int size() {
    return tokens.length;
  }

  /** The file of the model: a line for each token, its bytes in Base64. */
  byte[] lines() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] token : tokens) {
      out.writeBytes(Base64.getEncoder().encode(token));
      out.write('\n');
    }
    return out.toByteArray();
  }

  /** Lines of Base64 and a number. */
  private static byte[][] ranked(String name, byte[] content) {
    byte[][] tokens = new byte[MAX_TOKENS][];
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      String[] parts = line.strip().split(" ");
      if (parts.length == 2 && parts[1].matches("[0-9]{1,7}")) {
        // The reference's decoder reads a lone "=" as no bytes at all.
        put(name, tokens, Integer.parseInt(parts[1]), decoded(name, parts[0].replace("=", "")));
      } else if (!line.isBlank()) {
        throw malformed(name, "a line is not a token and its number");
      }
    }
    return tokens;
  }

  private static byte[] decoded(String name, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw malformed(name, "a token is not in Base64");
    }
  }

  private static JsonNode vocab(String name, byte[] json) {
    JsonNode root;
    try {
      root = Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new CheckpointException(Kind.MALFORMED, name + ": not JSON", e);
    }
    JsonNode inner = root.path("model").path("vocab");
    JsonNode vocab = inner.isObject() ? inner : root;
    if (!vocab.isObject() || vocab.isEmpty()) {
      throw malformed(name, "it is not a vocabulary");
    }
    return vocab;
  }

  /** Tokens whose characters stand for bytes, as in GPT-2's vocabulary. */
  private static byte[][] byteLevel(String name, JsonNode vocab) {
    int[] bytes = bytesOfCharacters();
    byte[][] tokens = new byte[MAX_TOKENS][];
    for (Map.Entry<String, JsonNode> entry : vocab.properties()) {
      String token = entry.getKey();
      if (token.startsWith("<|") && token.endsWith("|>")) {
        continue;
      }
      byte[] decoded = new byte[token.length()];
      for (int i = 0; i < decoded.length; i++) {
        char c = token.charAt(i);
        if (c >= bytes.length || bytes[c] < 0) {
          throw malformed(name, "a token is not one of bytes");
        }
        decoded[i] = (byte) bytes[c];
      }
      put(name, tokens, entry.getValue().isInt() ? entry.getValue().intValue() : -1, decoded);
    }
    return tokens;
  }

  private static void put(String name, byte[][] tokens, int number, byte[] token) {
    if (number < 0 || number >= tokens.length || tokens[number] != null) {
      throw malformed(name, "the number of a token is out of range or comes twice");
    }
    tokens[number] = token;
  }

  /**
   * By character, the byte it stands for: printable Latin characters for themselves, and the other
   * bytes in order as the characters from U+0100 on.
   */
  private static int[] bytesOfCharacters() {
    int[] bytes = new int[512];
    Arrays.fill(bytes, -1);
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
      bytes[printable ? b : next++] = b;
    }
    return bytes;
  }

  private static CheckpointException malformed(String name, String why) {
    return new CheckpointException(Kind.MALFORMED, name + ": " + why);
  }
}
