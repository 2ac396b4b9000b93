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
  JPEG_XL("This is a JPEG XL picture, which is not supported. Convert it to JPEG or PNG."),
  JPEG_2000("This is a JPEG 2000 picture, which is not supported. Convert it to JPEG or PNG."),
  RAW_PHOTOGRAPH(
      "This is a camera's raw photograph, which is not supported. Export it as JPEG or TIFF."),
  EDITOR_DOCUMENT(
      "This is a picture editor's document, which is not supported. Export it as JPEG or PNG."),
  REAL_MEDIA("This is a RealMedia file, which is not supported. Convert it to MP4."),
  UNKNOWN(
      "This is not a supported image, video or audio format. Supported are "
          + "JPEG, PNG, GIF, WebP, AVIF, HEIC, BMP and TIFF pictures; MP4, MOV, 3GP, Matroska, "
          + "WebM, AVI, MPEG, WMV, MXF, FLV and Ogg videos; MP3, M4A, WAV, FLAC, AAC, Ogg, Opus, "
          + "WMA, AMR, AIFF and CAF sound.");

  private final String sentence;

  NotMedia(String sentence) {
    this.sentence = sentence;
  }

  /** A sentence for people. */
  public String sentence() {
    return sentence;
  }
}
