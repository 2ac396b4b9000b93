package org.touchstone.provenance;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XMP properties that name the author or tool of a file, as flat names and texts. A property
 * may be written as an attribute, an element, a resource or a list item; its name here is its local
 * name. Properties are identified by namespace, not by prefix, and count only if they describe the
 * file itself. Descriptions of ingredients have their own source.
 */
final class XmpText {
  static final String SOURCE = "xmp";

  /** Source of entries that describe an ingredient of the file. */
  static final String INGREDIENT_SOURCE = "xmp-ingredient";

  private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  private static final String META = "adobe:ns:meta/";
  private static final String IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
  private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/";
  private static final String MEDIA_MANAGEMENT = "http://ns.adobe.com/xap/1.0/mm/";
  private static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  private static final String DUBLIN_CORE_TERMS = "http://purl.org/dc/terms/";

  /** The property that says where content credentials are kept, if not in the file. */
  static final String REMOTE = "provenance";

  /**
   * Namespaces of properties. An empty one is not checked, because writers do not agree on the
   * namespace of AIGC.
   */
  private static final Map<String, String> NAMESPACES =
      Map.of(
          SourceTypes.PROPERTY,
          IPTC_EXTENSION,
          "AISystemUsed",
          IPTC_EXTENSION,
          "Credit",
          PHOTOSHOP,
          "CreatorTool",
          XMP,
          "creator",
          DUBLIN_CORE,
          "description",
          DUBLIN_CORE,
          "AIGC",
          "",
          REMOTE,
          DUBLIN_CORE_TERMS);

  /**
   * Properties of the media management schema that describe other files, including copies of their
   * XMP.
   */
  private static final Set<String> OTHER_FILES =
      Set.of("Pantry", "Ingredients", "DerivedFrom", "ManagedFrom", "History", "Versions");

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
      // The readable part of a damaged packet counts.
    }
  }

  /** The subject that a property describes. */
  private enum Subject {
    FILE,
    INGREDIENT,
    /** A part of the value of a property, such as the creator of a work shown in a picture. */
    PART
  }

  /**
   * The property that an element is or belongs to.
   *
   * @param name its local name; empty outside of properties
   */
  private record Place(String namespace, String name, Subject subject) {
    static final Place OUTSIDE = new Place("", "", Subject.FILE);

    Place property(String namespace, String name) {
      return new Place(namespace == null ? "" : namespace, name, subjectWithin());
    }

    private Subject subjectWithin() {
      if (namespace.equals(MEDIA_MANAGEMENT) && OTHER_FILES.contains(name)) {
        return Subject.INGREDIENT;
      }
      return name.isEmpty() || subject == Subject.INGREDIENT ? subject : Subject.PART;
    }

    void value(String text, RawMetadata out) {
      String expected = NAMESPACES.get(name);
      boolean known = expected != null && (expected.isEmpty() || expected.equals(namespace));
      if (known && subject != Subject.PART) {
        String source = subject == Subject.FILE ? SOURCE : INGREDIENT_SOURCE;
        out.text(source, name, name.equals(SourceTypes.PROPERTY) ? SourceTypes.name(text) : text);
      }
    }
  }

  private static void properties(XMLStreamReader in, RawMetadata out) throws XMLStreamException {
    Deque<Place> places = new ArrayDeque<>();
    places.push(Place.OUTSIDE);
    while (in.hasNext() && places.size() < MAX_DEPTH) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String namespace = in.getNamespaceURI();
          boolean structure = RDF.equals(namespace) || META.equals(namespace);
          Place outer = places.peek();
          places.push(structure ? outer : outer.property(namespace, in.getLocalName()));
          attributes(in, places.peek(), out);
        }
        case XMLStreamConstants.END_ELEMENT -> places.pop();
        case XMLStreamConstants.CHARACTERS -> {
          if (!in.isWhiteSpace()) {
            places.peek().value(in.getText(), out);
          }
        }
        default -> {}
      }
    }
  }

  private static void attributes(XMLStreamReader in, Place element, RawMetadata out) {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String namespace = in.getAttributeNamespace(i);
      String name = in.getAttributeLocalName(i);
      if (!RDF.equals(namespace)) {
        element.property(namespace, name).value(in.getAttributeValue(i), out);
      } else if (name.equals("resource")) {
        element.value(in.getAttributeValue(i), out);
      }
    }
  }
}
