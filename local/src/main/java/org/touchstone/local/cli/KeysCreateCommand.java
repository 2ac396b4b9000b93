package org.touchstone.local.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys create}. */
@Command(
    name = "create",
    description = {
      "Makes an API key and prints it: it is not shown again.",
      "Exit code 0: made; 3: there is no such account."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone keys create --name bot --scopes analyse --days 90"})
final class KeysCreateCommand implements Callable<Integer> {
  /** A hundred years; a key that never ends says so. */
  private static final int MAX_DAYS = 36_500;

  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "TEXT",
      description = "What the key is for.")
  private String name;

  @Option(
      names = "--scopes",
      split = ",",
      paramLabel = "SCOPE",
      defaultValue = "analyse",
      description =
          "What it may be used for, separated by commas: analyse (with read), read, label, admin"
              + " (everything); default: ${DEFAULT-VALUE}.")
  private List<String> scopes;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account it belongs to (default: the first one).")
  private String account;

  @Option(
      names = "--new-account",
      paramLabel = "TEXT",
      description = "Make an account of this name, to which the key belongs.")
  private String newAccount;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "It ends after N days (default: never).")
  private Integer days;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    if (account != null && newAccount != null) {
      throw usage("Give --account or --new-account, not both.");
    }
    if (days != null && (days < 1 || days > MAX_DAYS)) {
      throw usage("--days must be from 1 to " + MAX_DAYS + ".");
    }
    Set<Scope> wanted = scopes();
    // Before an account is made, which would stay without a key.
    try {
      AccountStore.checked(name);
      if (newAccount != null) {
        AccountStore.checked(newAccount);
      }
    } catch (IllegalArgumentException e) {
      throw usage("--name and --new-account: " + e.getMessage());
    }
    return stores.with(
        all -> {
          Instant now = Instant.now();
          Optional<Account> owner =
              newAccount == null
                  ? all.accounts().find(account == null ? all.first() : account)
                  : Optional.of(all.accounts().create(newAccount, now, new SecureRandom()));
          if (owner.isEmpty()) {
            spec.commandLine().getErr().println("There is no such account.");
            return ExitCode.NOT_RESOLVABLE;
          }
          if (newAccount != null) {
            all.log("account.created", owner.get().id(), newAccount);
          }
          Instant ends = days == null ? null : now.plus(Duration.ofDays(days));
          KeyStore.NewKey made = all.keys().create(owner.get().id(), name, wanted, now, ends);
          all.log("key.created", made.key().id(), made.key().summary());
          KeyPrinter.print(spec, made, json);
          return ExitCode.ANALYSED;
        });
  }

  private Set<Scope> scopes() {
    EnumSet<Scope> wanted = EnumSet.noneOf(Scope.class);
    for (String scope : scopes) {
      if (Arrays.stream(Scope.values()).noneMatch(known -> known.code().equals(scope))) {
        throw usage("--scopes has " + scope + "; a scope is analyse, read, label or admin.");
      }
      wanted.add(Scope.of(scope));
    }
    return wanted;
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
