package org.touchstone.local.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.StoredMention;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bot release}. */
@Command(
    name = "release",
    description = {
      "Releases a reply that waits: the next poll posts it. With --discard the mention gets none.",
      "Exit code 0: it is done; 3: no such reply waits."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone bot release x 0123456789abcdef0123456789abcdef"})
final class BotReleaseCommand implements Callable<Integer> {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PLATFORM", description = "x, mastodon or bluesky.")
  private String platform;

  @Parameters(index = "1", paramLabel = "ID", description = "The mention's id, as held prints it.")
  private String id;

  @Option(names = "--discard", description = "Discard the reply.")
  private boolean discard;

  @Override
  public Integer call() {
    if (Platforms.find(platform).isEmpty() || !ID.matcher(id).matches()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "PLATFORM must be x, mastodon or bluesky, and ID as held prints it");
    }
    return stores.with(
        all -> {
          MentionStore mentions = BotStores.of(all.objects()).mentions();
          Optional<StoredMention> done =
              discard
                  ? mentions.discard(platform, id, AuditEntry.OPERATOR)
                  : mentions.release(platform, id, AuditEntry.OPERATOR);
          if (done.isEmpty()) {
            spec.commandLine().getErr().println("No such reply waits.");
            return ExitCode.NOT_RESOLVABLE;
          }
          all.log(discard ? "reply.discarded" : "reply.released", platform + "/" + id, "");
          spec.commandLine().getOut().println(discard ? "Discarded." : "Released.");
          spec.commandLine().getOut().flush();
          return ExitCode.ANALYSED;
        });
  }
}
