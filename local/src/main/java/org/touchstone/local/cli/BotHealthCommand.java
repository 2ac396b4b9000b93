package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.domain.Json;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.storage.BotHealth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bot health}. */
@Command(
    name = "health",
    description = {
      "Says how the bot does on each platform: mentions seen today, the queue, replies and failures,"
          + " limits that are left, and the month's money.",
      "Exit code 0: it does well; 1: it is paused, has given up mentions or has reached its cap."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone bot health --deployment touchstone"})
final class BotHealthCommand implements Callable<Integer> {
  private static final int MICROS_DIGITS = 6;

  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    return stores.with(
        all -> {
          BotStores bot = BotStores.of(all.objects());
          PrintWriter out = spec.commandLine().getOut();
          ArrayNode document = Json.mapper().createArrayNode();
          boolean well = true;
          for (PlatformFactory platform : Platforms.all()) {
            BotHealth health =
                BotHealth.of(platform.name(), bot.bot(), bot.mentions(), Instant.now());
            if (health.polledAt() == null && health.queue() == null) {
              continue;
            }
            well &= health.pausedFor() == null && health.dead() == 0 && !health.capReached();
            document.addPOJO(health);
            if (!json) {
              print(out, health);
            }
          }
          if (json) {
            out.println(Json.string(document));
          } else if (document.isEmpty()) {
            out.println("The bot has not polled any platform.");
          }
          out.flush();
          return well ? ExitCode.ANALYSED : ExitCode.ANALYSIS_FAILED;
        });
  }

  private static void print(PrintWriter out, BotHealth health) {
    out.println(health.platform());
    line(out, "last complete poll", health.polledAt());
    line(out, "paused for", health.pausedFor());
    line(out, "paused until", health.pausedUntil());
    health.limitedUntil().forEach((call, until) -> line(out, call + " limited until", until));
    line(out, "seen today", health.today().seen());
    line(out, "replied today", health.today().replied());
    line(out, "ignored today", text(health.today().ignored()));
    line(out, "given up today", text(health.today().failed()));
    line(out, "seconds to a reply", health.latencySeconds());
    if (health.queue() != null) {
      line(out, "open", health.queue().open());
      line(out, "oldest open, seconds", health.queue().oldestSeconds());
      line(out, "calls left", text(health.queue().remaining()));
    }
    line(out, "held for approval", health.held());
    line(out, "given up, not tried again", health.dead());
    line(
        out,
        "USD this month",
        BigDecimal.valueOf(health.spentMicros(), MICROS_DIGITS).toPlainString()
            + (health.capReached() ? ", the cap is reached: paid calls have stopped" : ""));
  }

  private static String text(Map<String, Long> counts) {
    return counts.isEmpty()
        ? null
        : counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
  }

  private static void line(PrintWriter out, String name, Object value) {
    if (value != null) {
      out.println(ResultTable.printable("  " + name + ": " + value));
    }
  }
}
