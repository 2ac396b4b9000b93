package org.touchstone.local.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.storage.KeyStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys rotate}. */
@Command(
    name = "rotate",
    description = {
      "Makes a successor of a key, of the same account and scopes, and prints it. The old key goes"
          + " on for a while.",
      "Exit code 0: made; 3: there is no valid key of that id."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone keys rotate KEYID --overlap 24h"})
final class KeysRotateCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(?<number>[0-9]{1,4})(?<unit>[mhd])");

  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "KEYID", description = "The key's id, which keys list shows.")
  private String id;

  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "How long the old key goes on: 30m, 24h, 7d (default: ${DEFAULT-VALUE}).")
  private String overlap;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Duration goesOn = overlap();
    return stores.with(
        all -> {
          Optional<KeyStore.NewKey> made = all.keys().rotate(id, Instant.now(), goesOn);
          if (made.isEmpty()) {
            spec.commandLine().getErr().println("There is no valid key of that id.");
            return ExitCode.NOT_RESOLVABLE;
          }
          all.log("key.rotated", id, "successor " + made.get().key().id());
          KeyPrinter.print(spec, made.get(), json);
          return ExitCode.ANALYSED;
        });
  }

  private Duration overlap() {
    Matcher parts = TIME.matcher(overlap);
    if (!parts.matches()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--overlap is a time such as 30m, 24h or 7d.");
    }
    long number = Long.parseLong(parts.group("number"));
    Duration time =
        switch (parts.group("unit")) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (time.compareTo(KeyStore.LONGEST_OVERLAP) > 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--overlap must be at most " + KeyStore.LONGEST_OVERLAP.toDays() + "d.");
    }
    return time;
  }
}
