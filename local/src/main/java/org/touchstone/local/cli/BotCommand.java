package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.domain.mention.Mention;
import org.touchstone.local.bot.MentionFile;
import org.touchstone.local.bot.Trial;
import org.touchstone.local.stack.BotFile;
import org.touchstone.local.stack.LocalBot;
import org.touchstone.local.stack.LocalStack;
import org.touchstone.local.stack.RunningStack;
import org.touchstone.local.stack.StackOptions;
import org.touchstone.mentions.credentials.SecretFile;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.storage.StoredMention;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bot}: the mention bot; by itself, a trial that posts nothing. */
@Command(
    name = "bot",
    description = {
      "Tries the mention bot, authorises its accounts, checks its texts and releases its replies.",
      "With --dry-run it reads one page of mentions, analyses what they ask about and prints what"
          + " it would post. It posts nothing and records nothing as replied. The platform's price"
          + " for reading applies. up --bot runs it."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone bot --dry-run --mentions mentions.json",
      "  ./touchstone bot --dry-run --platform mastodon",
      "  ./touchstone bot authorize x",
      "  ./touchstone bot templates --check",
      "  ./touchstone up --bot-simulator"
    },
    subcommands = {
      BotAuthorizeCommand.class,
      BotAccountCommand.class,
      BotTemplatesCommand.class,
      BotHeldCommand.class,
      BotReleaseCommand.class,
      BotHealthCommand.class
    })
final class BotCommand implements Callable<Integer> {
  private static final Duration BUDGET = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 500;

  @Spec private CommandSpec spec;
  @Mixin private StackMixin stack;

  @Option(names = "--dry-run", description = "Post nothing.")
  private boolean dryRun;

  @Option(
      names = "--mentions",
      paramLabel = "FILE",
      description = "Read the mentions from this file, described in docs/bot.md.")
  private Path mentions;

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      defaultValue = "x",
      description =
          "The platform that is asked, or whose rules apply to a file: x, mastodon or bluesky"
              + " (default: ${DEFAULT-VALUE}).")
  private String platform;

  @Option(
      names = "--bot",
      paramLabel = "FILE",
      description =
          "File that describes the bot (default: bot.yaml in $TOUCHSTONE_HOME or ~/.touchstone, if"
              + " it exists).")
  private Path bot;

  @Option(
      names = "--bot-templates",
      paramLabel = "DIR",
      description = "Folder of texts that the bot uses instead of the bundled ones.")
  private Path templates;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "1800",
      description = "Stop waiting for verdicts after this long (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Override
  public Integer call() {
    if (!dryRun || timeoutSeconds < 1) {
      throw usage("--dry-run must be given, and --timeout must be at least 1 second");
    }
    PlatformFactory factory =
        Platforms.find(platform)
            .orElseThrow(() -> usage("--platform must be x, mastodon or bluesky"));
    Path file = StackMixin.file(bot, "bot.yaml");
    BotFile described = file == null ? BotFile.NONE : BotFile.read(file);
    Trial account;
    Templates texts;
    try {
      account = new Trial(account(factory, described));
      texts = templates == null ? Templates.builtIn() : Templates.in(templates);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    stack.tellFirstUse(spec.commandLine().getErr());
    StackOptions options =
        stack.options(
            stack.data,
            StackOptions.DEFAULT_WORKERS,
            null,
            null,
            Optional.of(new StackOptions.Api(0, false, false, Optional.empty())));
    try (LocalStack local = LocalStack.start(options)) {
      return local.run(running -> tryOut(running, described, texts, account));
    }
  }

  private Platform account(PlatformFactory factory, BotFile described) {
    if (mentions != null) {
      return MentionFile.read(mentions, factory, Instant.now());
    }
    PlatformSettings settings =
        described.settings().platforms().getOrDefault(platform, PlatformSettings.DEFAULT);
    SecretFile secret = new SecretFile(StackMixin.botSecrets(), platform);
    if (secret.read().isEmpty()) {
      throw usage(
          "The bot has no account on this platform: ./touchstone bot authorize " + platform);
    }
    return factory.open(
        new PlatformAccess(
            Optional.ofNullable(settings.address()),
            settings.allowPrivate(),
            secret,
            InstantSource.system()));
  }

  private int tryOut(RunningStack running, BotFile described, Templates texts, Trial account) {
    LocalBot machine = running.bot().orElseThrow();
    LocalBot.Opened opened = machine.openTrial(described.settings(), texts, List.of(account));
    Instant end = Instant.now().plusSeconds(timeoutSeconds);
    do {
      opened.bot().poll(platform, BUDGET);
    } while (!opened.mentions().open(platform).isEmpty() && Instant.now().isBefore(end) && pause());
    PrintWriter out = spec.commandLine().getOut();
    for (Mention mention : account.seen()) {
      print(out, mention, opened.find(mention));
    }
    if (account.seen().isEmpty()) {
      out.println("There are no mentions.");
    }
    out.flush();
    boolean done = opened.mentions().open(platform).isEmpty();
    machine.forgetTrial();
    return done ? ExitCode.ANALYSED : ExitCode.ANALYSIS_FAILED;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void print(PrintWriter out, Mention mention, Optional<StoredMention> stored) {
    out.println(ResultTable.printable("@" + mention.author().handle() + "  " + mention.link()));
    String outcome =
        stored
            .map(
                found ->
                    found.replies().isEmpty()
                        ? "no reply: " + state(found)
                        : (found.state() == StoredMention.State.HELD ? "held: " : "")
                            + found.replies().getLast().intent().text())
            .orElse("not read");
    outcome.lines().forEach(line -> out.println("  " + ResultTable.printable(line)));
  }

  private static String state(StoredMention mention) {
    return mention.reason() == null
        ? mention.state().name().toLowerCase(Locale.ROOT)
        : mention.reason();
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
