package org.touchstone.emulators.stepfunctions.store;

import java.util.regex.Pattern;

/**
 * File names for the names of machines and executions: the name itself where every file system
 * keeps it apart from all others, a digest of it otherwise.
 */
final class FileNames {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-]{1,80}");

  private FileNames() {}

  static String of(String name) {
    return isName(name) ? name : "=" + DefinitionIds.of(name);
  }

  /** Whether a file's name, or a name, stands for itself. */
  static boolean isName(String name) {
    return PLAIN.matcher(name).matches();
  }
}
