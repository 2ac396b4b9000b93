package org.touchstone.telemetry;

import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * The log of a function without Quarkus: one JSON object per line with the fields of the other
 * functions' lines. Needs JBoss LogManager as the JVM's log manager.
 */
public final class JsonLog {
  private JsonLog() {}

  /** Writes what is logged in this process, from {@code INFO} on, to standard output. */
  public static void begin() {
    Logger root = LogContext.getLogContext().getLogger("");
    ConsoleHandler console =
        new ConsoleHandler(ConsoleHandler.Target.SYSTEM_OUT, new JsonFormatter());
    console.setLevel(Level.ALL);
    root.setLevel(Level.INFO);
    root.setHandlers(new java.util.logging.Handler[] {console});
  }
}
