package org.touchstone.local.cli;

import io.quarkus.runtime.Quarkus;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.local.stack.FolderTurn;
import org.touchstone.local.stack.LocalStack;
import org.touchstone.local.stack.RunningStack;
import org.touchstone.local.stack.StackOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: serves the API until interrupted. */
@Command(
    name = "up",
    description = {
      "Serves the API on this machine until interrupted.",
      "Callers need an API key; the first one is printed at the first start with a data folder.",
      "Its first line on stdout is a JSON object with the addresses of the API and of the S3, SQS"
          + " and Step Functions endpoints behind it."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone up --port 9000"})
final class UpCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec;
  @Mixin private StackMixin stack;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of the API; 0 chooses a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Jobs processed at once by this process (default: ${DEFAULT-VALUE}); 0 leaves the queues"
              + " to your own endpoint containers.")
  private int workers;

  @Option(
      names = "--cpu-seconds",
      paramLabel = "N",
      description =
          "Longest video or recording that the CPU lane accepts (default: 180 for videos, 1800 for"
              + " recordings); longer ones go to the other lane.")
  private Integer cpuSeconds;

  @Option(
      names = "--no-auth",
      description =
          "Ask callers for no API key: everyone on this machine may use the API and sees all"
              + " analyses.")
  private boolean openApi;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "Address under which voters that call back reach this API, such as that of a tunnel."
              + " Under its name only callbacks are accepted; docs/voters.md describes it.")
  private URI publicUrl;

  @Option(
      names = "--bot",
      paramLabel = "FILE",
      description =
          "File that describes the mention bot, described in docs/bot.md (default: bot.yaml in"
              + " $TOUCHSTONE_HOME or ~/.touchstone, if it exists). It replies in public.")
  private Path bot;

  @Option(
      names = "--bot-templates",
      paramLabel = "DIR",
      description = "Folder of texts that the bot uses instead of the bundled ones.")
  private Path botTemplates;

  @Option(
      names = "--bot-simulator",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "8090",
      description =
          "Start a small social network on this machine with a page on which the bot can be tagged"
              + " (default port: ${FALLBACK-VALUE}; 0 chooses a free one). No other platform is"
              + " asked.")
  private Integer simulatorPort;

  @Override
  public Integer call() {
    if (cpuSeconds != null && cpuSeconds < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--cpu-seconds must be at least 1");
    }
    if (workers < 0 || port < 0 || port > MAX_PORT) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--workers must be at least 0, and --port from 0 to " + MAX_PORT);
    }
    if (publicUrl != null && !isAddress(publicUrl)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--public-url must be an address such as https://tunnel.example.org/");
    }
    if (simulatorPort != null && (simulatorPort < 0 || simulatorPort > MAX_PORT)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--bot-simulator must be from 0 to " + MAX_PORT);
    }
    Path data = StackMixin.dataFolder(stack.data);
    StackOptions options =
        stack.options(
            data,
            workers,
            cpuSeconds,
            new StackOptions.Bot(
                StackMixin.file(bot, "bot.yaml"),
                StackMixin.botSecrets(),
                botTemplates,
                simulatorPort),
            Optional.of(
                new StackOptions.Api(port, openApi, !openApi, Optional.ofNullable(publicUrl))));
    stack.tellFirstUse(spec.commandLine().getErr());
    try (LocalStack local = FolderTurn.start(options, stack.teller(spec))) {
      return local.run(this::serve);
    }
  }

  private boolean isAddress(URI url) {
    boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
    boolean forTrials = stack.allowPrivate && "http".equalsIgnoreCase(url.getScheme());
    return (encrypted || forTrials)
        && url.getHost() != null
        && url.getRawQuery() == null
        && url.getRawFragment() == null
        && url.getRawUserInfo() == null;
  }

  private int serve(RunningStack session) {
    session
        .newKey()
        .ifPresent(
            key ->
                spec.commandLine()
                    .getErr()
                    .println(
                        "API key, shown this once: "
                            + key
                            + System.lineSeparator()
                            + "Send it in the header x-api-key. Others: ./touchstone keys create"));
    session
        .signIn()
        .ifPresent(
            link ->
                spec.commandLine()
                    .getErr()
                    .println("To sign in, open within 15 minutes, once: " + link));
    if (session.addresses().simulatedNetwork() != null) {
      spec.commandLine()
          .getErr()
          .println(
              "Simulated network: "
                  + session.addresses().simulatedNetwork()
                  + System.lineSeparator()
                  + "Post a picture there, reply to it with @"
                  + StackOptions.Bot.SIMULATED_NAME
                  + " and a question, and wait for the bot's reply.");
    }
    spec.commandLine().getErr().flush();
    PrintWriter out = spec.commandLine().getOut();
    out.println(Json.string(session.addresses()));
    out.flush();
    Quarkus.waitForExit();
    return ExitCode.ANALYSED;
  }
}
