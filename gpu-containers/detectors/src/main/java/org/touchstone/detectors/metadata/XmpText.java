package org.touchstone.detectors.metadata;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The properties of XMP as flat names and texts: whether a property is written as an attribute, an
 * element, a resource or the item of a list, it has its local name here.
 */
final class XmpText {
  static final String SOURCE = "xmp";
  private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  private static final Set<String> STRUCTURE = Set.of("xmpmeta", "RDF", "Description");
  private static final int MAX_DEPTH = 50;

  private XmpText() {}

  static void read(byte[] packet, RawMetadata out) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      properties(factory.createXMLStreamReader(new ByteArrayInputStream(packet)), out);
    } catch (XMLStreamException e) {
      // What was read of a damaged packet counts.
    }
  }

  private static void properties(XMLStreamReader in, RawMetadata out) throws XMLStreamException {
    Deque<String> names = new ArrayDeque<>();
    while (in.hasNext() && names.size() < MAX_DEPTH) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          boolean list = RDF.equals(in.getNamespaceURI()) && !names.isEmpty();
          boolean structure = STRUCTURE.contains(in.getLocalName());
          names.push(list && !structure ? names.peek() : in.getLocalName());
          attributes(in, names.peek(), out);
        }
        case XMLStreamConstants.END_ELEMENT -> names.pop();
        case XMLStreamConstants.CHARACTERS -> {
          if (!names.isEmpty() && !in.isWhiteSpace()) {
            property(names.peek(), in.getText(), out);
          }
        }
        default -> {}
      }
    }
  }

  private static void attributes(XMLStreamReader in, String element, RawMetadata out) {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      boolean rdf = RDF.equals(in.getAttributeNamespace(i));
      if (!rdf) {
        property(in.getAttributeLocalName(i), in.getAttributeValue(i), out);
      } else if (in.getAttributeLocalName(i).equals("resource")) {
        property(element, in.getAttributeValue(i), out);
      }
    }
  }

  private static void property(String name, String value, RawMetadata out) {
    boolean sourceType = name.equalsIgnoreCase(SourceTypes.PROPERTY);
    out.text(SOURCE, name, sourceType ? SourceTypes.name(value) : value);
  }
}
