package org.touchstone.local.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.domain.account.ApiKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys revoke}. */
@Command(
    name = "revoke",
    description = {
      "Revokes a key. It stops within 30 seconds, and stays in the list.",
      "Exit code 0: revoked; 3: there is no such key."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone keys revoke KEYID"})
final class KeysRevokeCommand implements Callable<Integer> {
  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "KEYID", description = "The key's id, which keys list shows.")
  private String id;

  @Override
  public Integer call() {
    return stores.with(
        all -> {
          Optional<ApiKey> key = all.keys().revoke(id, Instant.now());
          key.ifPresent(gone -> all.log("key.revoked", id, gone.summary()));
          boolean revoked = key.isPresent();
          spec.commandLine()
              .getErr()
              .println(
                  revoked
                      ? "Key " + id + " is revoked; it stops within 30 seconds."
                      : "There is no such key.");
          return revoked ? ExitCode.ANALYSED : ExitCode.NOT_RESOLVABLE;
        });
  }
}
