package org.touchstone.partners.voter;

/** The form in which a voter is given the medium. */
public enum Sending {
  /** The public link of the post; nothing is sent for media without one. */
  LINK("the link of the post"),
  /** A link to the stored medium that expires after minutes. */
  PRESIGNED("a link to the file that expires after minutes"),
  /** The file as a part of a form. */
  MULTIPART("the file"),
  /** The file in base 64 within JSON or a form. */
  BASE64("the file"),
  /** The file as the whole body. */
  RAW("the file");

  private final String what;

  Sending(String what) {
    this.what = what;
  }

  /** What is sent, as the report says it. */
  public String what() {
    return what;
  }

  /** Whether the request holds it as a text, by a placeholder. */
  public boolean isText() {
    return this == LINK || this == PRESIGNED || this == BASE64;
  }
}
