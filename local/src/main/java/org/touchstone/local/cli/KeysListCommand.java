package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys list}. */
@Command(
    name = "list",
    description = "Lists accounts and their API keys, with those that have ended.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone keys list --deployment touchstone"})
final class KeysListCommand implements Callable<Integer> {
  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    return stores.with(
        all -> {
          ArrayNode document = Json.mapper().createArrayNode();
          PrintWriter out = spec.commandLine().getOut();
          for (Account account : all.accounts().all()) {
            List<ApiKey> keys = all.keys().of(account.id());
            ObjectNode entry = Json.mapper().valueToTree(account);
            document.add(entry);
            entry.set("keys", Json.mapper().valueToTree(keys));
            if (!json) {
              out.println(ResultTable.printable(account.id() + "  " + account.name()));
              keys.forEach(key -> out.println(ResultTable.printable("  " + line(key))));
            }
          }
          if (json) {
            out.println(Json.string(document));
          }
          out.flush();
          return ExitCode.ANALYSED;
        });
  }

  private static String line(ApiKey key) {
    Instant now = Instant.now();
    String state;
    if (key.revokedAt() != null) {
      state = "revoked " + key.revokedAt();
    } else if (key.expiresAt() == null) {
      state = "valid";
    } else {
      state = (key.hasExpiredAt(now) ? "expired " : "valid until ") + key.expiresAt();
    }
    return "%s  %-20s  %-20s  %s"
        .formatted(
            key.id(),
            key.name(),
            key.scopes().stream().map(Scope::code).collect(Collectors.joining(",")),
            state);
  }
}
