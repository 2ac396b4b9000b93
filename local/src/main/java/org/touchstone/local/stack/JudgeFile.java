package org.touchstone.local.stack;

import java.nio.file.Path;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.secrets.SecretSource;

/** A file that describes the judge of what is said, in YAML. */
public final class JudgeFile {
  /** The start of the environment variables that hold the judge's keys. */
  private static final String VARIABLE = "TOUCHSTONE_JUDGE_KEY_";

  private JudgeFile() {}

  /**
   * Reads a file.
   *
   * @throws StackException when it cannot be read or is not valid; the message names the field
   */
  public static JudgeSettings read(Path file) {
    try {
      return JudgeSettings.read(YamlFile.read(file, "The judge's file"));
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
