package org.touchstone.intake;

/** Who calls: the account whose analyses these are and who pays for them. */
public interface Caller {
  /** The id of the API key the call came with, never the key itself. */
  String keyId();
}
