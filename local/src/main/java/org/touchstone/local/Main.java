package org.touchstone.local;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.touchstone.local.cli.TouchstoneCommand;

/** The process' entry point. Quarkus boots only once a command needs it. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(TouchstoneCommand.execute(args));
  }
}
