package org.touchstone.local.stack;

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
  private static final String VARIABLE = "TOUCHSTONE_RECOGNISER_KEY_";

  private RecogniserFile() {}

  /**
   * Reads a file.
   *
   * @throws StackException when it cannot be read or is not valid; the message names the field
   */
  static RecogniserSettings read(Path file) {
    try {
      RecogniserSettings settings =
          RecogniserSettings.read(YamlFile.read(file, "The file of the recogniser"));
      if (settings.provider() == Provider.AMAZON_TRANSCRIBE) {
        throw new StackException(
            file + ": amazon-transcribe reads a bucket of AWS, and this machine's media are here.");
      }
      return settings;
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
