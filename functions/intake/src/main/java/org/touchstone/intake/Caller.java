package org.touchstone.intake;

/** The caller: the account that owns the analyses and pays for them. */
public interface Caller {
  /** The id of the call's API key, never the key itself. */
  String keyId();
}
