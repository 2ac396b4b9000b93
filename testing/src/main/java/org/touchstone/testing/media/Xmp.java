package org.touchstone.testing.media;

import java.nio.charset.StandardCharsets;

/** Builds packets of XMP. */
public final class Xmp {
  private static final String IPTC_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";

  private Xmp() {}

  /** A packet that names IPTC's digital source type. */
  public static byte[] sourceType(String type) {
    return packet("e:DigitalSourceType='" + IPTC_TYPES + type + "'", "");
  }

  /** A packet that names the tool that made the file. */
  public static byte[] creatorTool(String tool) {
    return packet("", "<xmp:CreatorTool>" + tool + "</xmp:CreatorTool>");
  }

  /** A packet whose pantry, the descriptions of what went into the file, names a source type. */
  public static byte[] sourceTypeInPantry(String type) {
    return packet(
        "",
        "<mm:Pantry><r:Bag><r:li><r:Description e:DigitalSourceType='"
            + IPTC_TYPES
            + type
            + "'/></r:li></r:Bag></mm:Pantry>");
  }

  private static byte[] packet(String attributes, String elements) {
    String xml =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF"
            + " xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
            + " xmlns:mm='http://ns.adobe.com/xap/1.0/mm/'"
            + " xmlns:xmp='http://ns.adobe.com/xap/1.0/'"
            + " xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'><r:Description "
            + attributes
            + ">"
            + elements
            + "</r:Description></r:RDF></x:xmpmeta>";
    return xml.getBytes(StandardCharsets.UTF_8);
  }
}
