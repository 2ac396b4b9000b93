package org.touchstone.local.cli;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.touchstone.local.stack.BotAccount;
import org.touchstone.mentions.credentials.ManagedSecret;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** {@code bot account}. */
@Command(
    name = "account",
    description = {
      "Makes the bot's own account in a deployment, with a cap of 1,000 analyses a day, and its API"
          + " key. The key goes to AWS Secrets Manager and is not shown.",
      "deploy does this by itself. If the bot has a key already, nothing changes without --renew."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone bot account --deployment touchstone",
      "  ./touchstone keys caps --deployment touchstone --account bot --analyses-per-day 200"
    })
final class BotAccountCommand implements Callable<Integer> {
  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Option(
      names = "--renew",
      description = "Make another key. The earlier one stays valid until keys revoke ends it.")
  private boolean renew;

  /** The start of the names of the bot's secrets, as infra sets it. */
  static String secretsOf(String deployment) {
    return deployment + "/bot/";
  }

  @Override
  public Integer call() {
    String deployment =
        stores
            .deployment()
            .orElseThrow(
                () ->
                    new CommandLine.ParameterException(
                        spec.commandLine(),
                        "--deployment must be given; on this machine, up makes the bot's account."));
    return stores.with(
        all -> {
          try (SecretsManagerClient manager = BotAuthorizeCommand.manager()) {
            ManagedSecret secret = new ManagedSecret(manager, secretsOf(deployment) + "analysis");
            BotAccount.open(all.objects(), InstantSource.system());
            if (!renew && secret.read().containsKey("key")) {
              spec.commandLine().getOut().println("The bot has a key.");
            } else {
              secret.write(
                  Map.of("key", BotAccount.newKey(all.objects(), InstantSource.system()).reveal()));
              spec.commandLine().getOut().println("The bot has a new key; it is not shown.");
            }
            spec.commandLine().getOut().flush();
            return ExitCode.ANALYSED;
          } catch (SdkException e) {
            spec.commandLine().getErr().println(ResultTable.printable(AwsFaults.reason(e)));
            return ExitCode.ENVIRONMENT;
          }
        });
  }
}
