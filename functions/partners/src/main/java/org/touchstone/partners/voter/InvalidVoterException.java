package org.touchstone.partners.voter;

/** A description of voters that is not valid; the message names the field. */
public final class InvalidVoterException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidVoterException(String field, String problem) {
    super(field + ": " + problem);
  }
}
