package org.touchstone.provenance;

/** IPTC's digital source types, whose identifiers are URIs ending in a name. */
final class SourceTypes {
  /** The property's name in XMP. */
  static final String PROPERTY = "DigitalSourceType";

  private SourceTypes() {}

  /** The name at the end of a URI, or the text itself if it is not a URI. */
  static String name(String uri) {
    String trimmed = uri.strip();
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
