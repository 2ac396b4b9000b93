package org.touchstone.emulators.lambda;

import java.nio.file.Path;
import java.util.List;

/** What Lambda starts for a function: the content of its package or of its container image. */
public interface FunctionProgram {
  /** The folder that it starts in. */
  Path folder();

  /** The function's handler, as Lambda names it to the process. */
  String handler();

  /** Whether it is a native executable, which speaks to Lambda by itself. */
  boolean isNative();

  /** The command that starts it in its folder. */
  List<String> command();
}
