package org.touchstone.emulators.access.signature;

/** A request that nobody with a known key has signed, or whose signature is no longer valid. */
public final class SignatureException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  SignatureException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What is wrong, by AWS' names of errors. */
  public Fault fault() {
    return fault;
  }

  /** Kinds of faults; AWS answers all of them with status 403. */
  public enum Fault {
    /** There is no signature. */
    MISSING("MissingAuthenticationTokenException"),
    /** The signature has no proper form, or does not cover what it must cover. */
    INCOMPLETE("IncompleteSignatureException"),
    /** Nobody has the key. */
    UNKNOWN_KEY("UnrecognizedClientException"),
    /** The signature is of another request or secret, or of another time. */
    INVALID("InvalidSignatureException");

    private final String code;

    Fault(String code) {
      this.code = code;
    }

    /** AWS' name of the error. */
    public String code() {
      return code;
    }
  }
}
