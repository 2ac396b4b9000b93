package org.touchstone.formats;

/** The kinds of files that are not accepted. */
public enum NotMedia {
  EMPTY("The file is empty."),
  HTML("This is a web page, not an image, video or audio file."),
  SVG("This is an SVG drawing, which is not supported."),
  XML("This is an XML document, not an image, video or audio file."),
  SCRIPT("This is a script, not an image, video or audio file."),
  ARCHIVE("This is an archive or an office document, not an image, video or audio file."),
  PDF("This is a PDF document, not an image, video or audio file."),
  EXECUTABLE("This is a program, not an image, video or audio file."),
  UNKNOWN("This is not a supported image, video or audio format.");

  private final String sentence;

  NotMedia(String sentence) {
    this.sentence = sentence;
  }

  /** A sentence for people. */
  public String sentence() {
    return sentence;
  }
}
