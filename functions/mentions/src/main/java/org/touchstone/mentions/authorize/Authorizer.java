package org.touchstone.mentions.authorize;

import java.util.HashMap;
import java.util.Map;
import org.touchstone.mentions.credentials.CredentialStore;
import org.touchstone.mentions.platform.Authorization;
import org.touchstone.mentions.platform.Authorization.Input;
import org.touchstone.mentions.platform.Authorization.Place;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;

/**
 * Runs an authorisation: asks for what it needs, shows the page to open, takes what the person
 * brings back, and writes the secret to where it is kept. The secret is never shown.
 */
public final class Authorizer {
  private final Terminal terminal;
  private final CredentialStore store;

  public Authorizer(Terminal terminal, CredentialStore store) {
    this.terminal = terminal;
    this.store = store;
  }

  /**
   * Runs it.
   *
   * @param given values that need not be asked for, by name
   * @throws PlatformException when the platform refuses or the input ends; nothing is written then
   */
  public void run(Authorization authorization, Place place, Map<String, String> given)
      throws PlatformException {
    Map<String, String> values = new HashMap<>();
    for (Input input : authorization.inputs()) {
      String value = given.containsKey(input.name()) ? given.get(input.name()) : ask(input);
      if (value != null && !value.isBlank()) {
        values.put(input.name(), value.strip());
      }
    }
    Authorization.Pending pending = authorization.begin(place, values);
    terminal.say("Sign in as the bot in your browser, open this page and agree:");
    terminal.say("  " + pending.page());
    store.write(pending.finish(ask(pending.answer())));
    terminal.say("The bot is authorised. Its secret was written; it is not shown.");
  }

  private String ask(Input input) throws PlatformException {
    String prompt = input.prompt() + (input.isOptional() ? " (empty for none)" : "");
    String value = terminal.ask(prompt + ": ", input.isSecret());
    if (value == null && !input.isOptional()) {
      throw new PlatformException(
          Kind.REJECTED, "The input ended before the " + input.name() + " was given.");
    }
    return value;
  }
}
