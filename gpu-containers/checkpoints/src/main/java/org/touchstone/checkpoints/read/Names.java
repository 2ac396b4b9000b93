package org.touchstone.checkpoints.read;

/** Shortens and cleans tensor names, which come from files, for use in messages. */
final class Names {
  private static final int MAX_SHOWN = 120;

  private Names() {}

  static String shown(String name) {
    String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "...";
  }
}
