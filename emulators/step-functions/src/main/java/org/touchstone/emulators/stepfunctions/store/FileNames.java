package org.touchstone.emulators.stepfunctions.store;

import java.util.regex.Pattern;

/**
 * File names for machines and executions: the name itself where every file system keeps it
 * distinct, otherwise a digest of it.
 */
final class FileNames {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-]{1,80}");

  private FileNames() {}

  static String of(String name) {
    return isName(name) ? name : "=" + DefinitionIds.of(name);
  }

  /** Whether a name, or a file's name, is used unchanged. */
  static boolean isName(String name) {
    return PLAIN.matcher(name).matches();
  }
}
