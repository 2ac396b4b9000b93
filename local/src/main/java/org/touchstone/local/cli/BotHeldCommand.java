package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.storage.StoredMention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bot held}. */
@Command(
    name = "held",
    description = {
      "Lists the replies that wait until a person releases them: those of the levels in the bot's"
          + " approve."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone bot held --deployment touchstone"})
final class BotHeldCommand implements Callable<Integer> {
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
          for (PlatformFactory platform : Platforms.all()) {
            for (StoredMention held : bot.mentions().held(platform.name())) {
              document.addPOJO(held);
              if (!json) {
                print(out, held);
              }
            }
          }
          if (json) {
            out.println(Json.string(document));
          } else if (document.isEmpty()) {
            out.println("Nothing waits.");
          }
          out.flush();
          return ExitCode.ANALYSED;
        });
  }

  private static void print(PrintWriter out, StoredMention held) {
    out.println(
        ResultTable.printable(
            held.mention().platform() + " " + held.id() + "  " + held.mention().link()));
    held.replies()
        .getLast()
        .intent()
        .text()
        .lines()
        .forEach(line -> out.println(ResultTable.printable("  " + line)));
  }
}
