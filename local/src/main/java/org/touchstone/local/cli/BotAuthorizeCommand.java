package org.touchstone.local.cli;

import java.io.Console;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.mentions.authorize.Authorizer;
import org.touchstone.mentions.authorize.Terminal;
import org.touchstone.mentions.credentials.CredentialStore;
import org.touchstone.mentions.credentials.ManagedSecret;
import org.touchstone.mentions.credentials.SecretFile;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platforms.Platforms;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** {@code bot authorize}. */
@Command(
    name = "authorize",
    description = {
      "Lets the bot use an account on a social network: you sign in there as the bot and agree.",
      "The account's secret goes to the file bot-secrets.json in $TOUCHSTONE_HOME or ~/.touchstone,"
          + " which only you may read, or with --deployment to AWS Secrets Manager. It is not shown.",
      "Exit code 0: the bot is authorised; 1: the platform refused."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone bot authorize x --deployment touchstone",
      "  ./touchstone bot authorize mastodon --server https://mastodon.example"
    })
final class BotAuthorizeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PLATFORM", description = "x, mastodon or bluesky.")
  private String name;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The account's server; Mastodon needs it.")
  private URI server;

  @Option(
      names = "--way",
      paramLabel = "NAME",
      description = "The way to authorise, where there are several: on x, pin (default) or pkce.")
  private String way;

  @Option(
      names = "--deployment",
      paramLabel = "PREFIX",
      description =
          "Write the secret for the deployment of this prefix, with your AWS credentials.")
  private String deployment;

  /** The person's own terminal. */
  private record OwnTerminal(Console console) implements Terminal {
    @Override
    public void say(String line) {
      console.writer().println(line);
      console.flush();
    }

    @Override
    public String ask(String prompt, boolean isSecret) {
      if (!isSecret) {
        return console.readLine("%s", prompt);
      }
      char[] typed = console.readPassword("%s", prompt);
      return typed == null ? null : new String(typed);
    }
  }

  @Override
  public Integer call() {
    PlatformFactory platform =
        Platforms.find(name)
            .orElseThrow(
                () ->
                    new CommandLine.ParameterException(
                        spec.commandLine(), "PLATFORM must be x, mastodon or bluesky"));
    List<Authorization> ways = platform.authorizations();
    Authorization chosen =
        ways.stream()
            .filter(each -> way == null || each.name().equals(way))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandLine.ParameterException(
                        spec.commandLine(),
                        "--way must be one of "
                            + ways.stream()
                                .map(Authorization::name)
                                .collect(Collectors.joining(", "))));
    Console console = System.console();
    if (console == null || !Boolean.getBoolean("touchstone.terminal")) {
      spec.commandLine().getErr().println("This needs a terminal, so that secrets stay unseen.");
      return ExitCode.ENVIRONMENT;
    }
    try {
      Authorization.Place place =
          new Authorization.Place(Optional.ofNullable(server), false, InstantSource.system());
      new Authorizer(new OwnTerminal(console), store())
          .run(chosen, place, server == null ? Map.of() : Map.of("server", server.toString()));
      return ExitCode.ANALYSED;
    } catch (PlatformException e) {
      spec.commandLine().getErr().println(ResultTable.printable(e.getMessage()));
      return ExitCode.ANALYSIS_FAILED;
    } catch (SdkException e) {
      spec.commandLine().getErr().println(ResultTable.printable(AwsFaults.reason(e)));
      return ExitCode.ENVIRONMENT;
    }
  }

  private CredentialStore store() {
    return deployment == null
        ? new SecretFile(StackMixin.botSecrets(), name)
        : new ManagedSecret(manager(), BotAccountCommand.secretsOf(deployment) + name);
  }

  static SecretsManagerClient manager() {
    return SecretsManagerClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
