package org.touchstone.mentions.credentials;

import java.util.Map;
import org.touchstone.mentions.platform.Credentials;

/** Keeps the secret of one account. */
public interface CredentialStore extends Credentials {
  /** Writes a secret after a new authorisation, whatever was there. */
  void write(Map<String, String> secret);
}
