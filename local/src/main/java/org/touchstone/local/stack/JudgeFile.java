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
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.secrets.SecretSource;

/** A file that describes the judge of what is said, in YAML. */
public final class JudgeFile {
  /** The start of the environment variables that hold the judge's keys. */
  private static final String VARIABLE = "TOUCHSTONE_JUDGE_KEY_";

  private static final int MAX_BYTES = 64 * 1024;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JudgeFile() {}

  /**
   * Reads a file.
   *
   * @throws StackException when it cannot be read or is not valid; the message names the field
   */
  public static JudgeSettings read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new StackException(file + ": has more than " + MAX_BYTES + " bytes.");
      }
      return JudgeSettings.read(YAML.readTree(new String(bytes, StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new StackException(file + ": not valid YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StackException("The judge's file cannot be read: " + file, e);
    } catch (InvalidSettingsException e) {
      throw new StackException(file + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * The judge's keys on this machine.
   *
   * @param file a file of keys, which need not exist
   */
  public static SecretSource secrets(Path file) {
    return SecretSource.onThisMachine(VARIABLE, file, System::getenv);
  }
}
