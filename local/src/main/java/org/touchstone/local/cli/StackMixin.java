package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.touchstone.local.models.FirstUse;
import org.touchstone.local.stack.StackOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command that starts the stack. */
final class StackMixin {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep media, reports and executions in this folder for reuse by later runs.")
  Path data;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "Folder of installed models (default: models in $TOUCHSTONE_HOME or ~/.touchstone).")
  Path models;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Use this voting policy instead of the bundled one.")
  Path policy;

  @Option(
      names = "--platform-keys",
      paramLabel = "FILE",
      description =
          "File of platform keys, described in docs/platforms.md (default:"
              + " platform-keys.json in $TOUCHSTONE_HOME or ~/.touchstone, if it exists).")
  Path platformKeys;

  @Option(
      names = "--voters",
      paramLabel = "FILE",
      description =
          "File of voters of other organisations, described in docs/voters.md (default:"
              + " voters.yaml in $TOUCHSTONE_HOME or ~/.touchstone, if it exists). Media are sent"
              + " to those it lists.")
  Path voters;

  @Option(
      names = "--recogniser",
      paramLabel = "FILE",
      description =
          "File that describes a service that writes down what is said, described in docs/audio.md"
              + " (default: recogniser.yaml in $TOUCHSTONE_HOME or ~/.touchstone, if it exists)."
              + " Speech is sent to it.")
  Path recogniser;

  @Option(
      names = "--judge",
      paramLabel = "FILE",
      description =
          "File that describes the language model that judges what is said, described in"
              + " docs/audio.md (default: judge.yaml in $TOUCHSTONE_HOME or ~/.touchstone, if it"
              + " exists). Transcripts are sent to it.")
  Path judge;

  @Option(
      names = "--allow-private",
      description =
          "Follow links into private networks and to any port, and ask voters there. For trials on"
              + " this machine only.")
  boolean allowPrivate;

  /** Options of a stack without an API. */
  StackOptions options() {
    return options(data, StackOptions.DEFAULT_WORKERS, null, null, Optional.empty());
  }

  /** Options of a stack with this folder for all data. */
  StackOptions options(
      Path folder,
      int workers,
      Integer cpuSeconds,
      StackOptions.Bot bot,
      Optional<StackOptions.Api> api) {
    return new StackOptions(
        folder,
        models(),
        policy,
        file(platformKeys, "platform-keys.json"),
        file(voters, "voters.yaml"),
        home().resolve("voter-secrets.json"),
        file(recogniser, "recogniser.yaml"),
        judge(),
        TrustMixin.usual(),
        allowPrivate,
        workers,
        cpuSeconds,
        bot,
        api);
  }

  /** Says what to install where nothing is. */
  void tellFirstUse(PrintWriter err) {
    FirstUse.hint(models()).ifPresent(err::println);
    err.flush();
  }

  /** Tells the user, on the command's error stream, what it waits for. */
  Consumer<String> teller(CommandSpec spec) {
    PrintWriter err = spec.commandLine().getErr();
    return text -> {
      err.println(text);
      err.flush();
    };
  }

  /** The given folder of data; else the one at home. */
  static Path dataFolder(Path given) {
    return given == null ? home().resolve("data") : given;
  }

  Path models() {
    return models != null ? models : home().resolve("models");
  }

  /** The given file; else the one of that name at home; null when that does not exist either. */
  static Path file(Path given, String usual) {
    Path atHome = home().resolve(usual);
    return given == null && Files.exists(atHome) ? atHome : given;
  }

  private StackOptions.Judge judge() {
    Path file = file(judge, "judge.yaml");
    return file == null ? null : new StackOptions.Judge(file, judgeSecrets());
  }

  /** The file of the secrets of the bot's accounts. */
  static Path botSecrets() {
    return home().resolve("bot-secrets.json");
  }

  /** The file of the judge's keys. */
  static Path judgeSecrets() {
    return home().resolve("judge-secrets.json");
  }

  /** A path resolved against the user's folder; the launcher starts the process in another one. */
  static Path resolve(String path) {
    String directory = System.getProperty("touchstone.directory");
    return directory == null ? Path.of(path) : Path.of(directory).resolve(path);
  }

  static Path home() {
    return Optional.ofNullable(System.getenv("TOUCHSTONE_HOME"))
        .map(StackMixin::resolve)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".touchstone"));
  }
}
