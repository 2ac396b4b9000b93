package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.touchstone.domain.Json;
import org.touchstone.storage.KeyStore;
import picocli.CommandLine.Model.CommandSpec;

/** Shows a new key to its holder. */
final class KeyPrinter {
  private KeyPrinter() {}

  static void print(CommandSpec spec, KeyStore.NewKey made, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (json) {
      ObjectNode document = Json.mapper().valueToTree(made.key());
      out.println(Json.string(document.put("secret", made.text().reveal())));
    } else {
      err.println(
          "Key %s of account %s. It is not shown again:"
              .formatted(made.key().id(), made.key().accountId()));
      err.flush();
      out.println(made.text().reveal());
    }
    out.flush();
  }
}
