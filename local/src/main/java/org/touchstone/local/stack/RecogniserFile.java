package org.touchstone.local.stack;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.recognisers.settings.Provider;
import org.touchstone.recognisers.settings.RecogniserSettings;

/**
 * A file that describes a service for speech recognition, in YAML. Its key is in an environment
 * variable, never in the file.
 */
final class RecogniserFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String VARIABLE = "TOUCHSTONE_RECOGNISER_KEY_";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private RecogniserFile() {}

  /**
   * Reads a file.
   *
   * @throws StackException when it cannot be read or is not valid; the message names the field
   */
  static RecogniserSettings read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new StackException(file + ": has more than " + MAX_BYTES + " bytes.");
      }
      RecogniserSettings settings =
          RecogniserSettings.read(YAML.readTree(new String(bytes, StandardCharsets.UTF_8)));
      if (settings.provider() == Provider.AMAZON_TRANSCRIBE) {
        throw new StackException(
            file + ": amazon-transcribe reads a bucket of AWS, and this machine's media are here.");
      }
      return settings;
    } catch (JsonProcessingException e) {
      throw new StackException(file + ": not valid YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StackException("The file of the recogniser cannot be read: " + file, e);
    } catch (InvalidSettingsException e) {
      throw new StackException(file + ": " + e.getMessage() + ".", e);
    }
  }

  /** The key of a name: the variable TOUCHSTONE_RECOGNISER_KEY_ and the name in capitals. */
  static Optional<String> key(String name) {
    String variable = VARIABLE + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
  }
}
