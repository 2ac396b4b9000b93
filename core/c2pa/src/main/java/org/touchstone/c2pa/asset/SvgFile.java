package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * An SVG file, whose manifest store is the text of {@code svg/metadata/c2pa:manifest} in Base64.
 * The positions of its bytes are needed, which parsers of XML do not tell, so its tags are read
 * here.
 */
final class SvgFile implements Container {
  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_DEPTH = 1_000;
  private static final int HEAD = 1_024;
  private static final List<String> STORE = List.of("svg", "metadata", "c2pa:manifest");

  private final AssetFile file;

  SvgFile(AssetFile file) {
    this.file = file;
  }

  /** Whether the file begins as an SVG file in an encoding whose markup is ASCII. */
  static boolean isSvg(AssetFile file) throws IOException {
    String head = text(file.read(0, (int) Math.min(HEAD, file.size())));
    String start = head.startsWith("\u00EF\u00BB\u00BF") ? head.substring(3) : head;
    return start.stripLeading().startsWith("<") && head.contains("<svg");
  }

  @Override
  public Optional<Store> store() throws IOException {
    if (file.size() > MAX_BYTES) {
      throw JumbfException.overLimit("the file is too large");
    }
    String xml = text(file.read(0, (int) file.size()));
    List<Span> found = new Tags(xml).texts(STORE);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.size() > 1) {
      throw JumbfException.malformed("there are several manifest stores");
    }
    Span span = found.getFirst();
    String base64 = xml.substring((int) span.start(), (int) span.end());
    if (base64.isBlank()) {
      return Optional.empty();
    }
    if (base64.length() / 4 * 3 > MAX_STORE_BYTES) {
      throw JumbfException.overLimit("the manifest store is too large");
    }
    try {
      return Optional.of(new Store(Base64.getMimeDecoder().decode(base64.strip()), span));
    } catch (IllegalArgumentException e) {
      throw JumbfException.malformed("the manifest store is not in Base64", e);
    }
  }

  @Override
  public List<Part> parts() {
    throw new UnsupportedOperationException("SVG files have data hashes");
  }

  /** One character for each byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Goes through the tags of a file. */
  private static final class Tags {
    private final String xml;
    private int at;

    Tags(String xml) {
      this.xml = xml;
    }

    /** Where the texts of elements on a path lie, each up to the next tag. */
    List<Span> texts(List<String> path) throws JumbfException {
      List<Span> found = new ArrayList<>();
      List<String> open = new ArrayList<>();
      while ((at = xml.indexOf('<', at)) >= 0) {
        if (xml.startsWith("<!--", at)) {
          skipTo("-->");
        } else if (xml.startsWith("<![CDATA[", at)) {
          skipTo("]]>");
        } else if (xml.startsWith("<?", at)) {
          skipTo("?>");
        } else if (xml.startsWith("<!", at)) {
          declaration();
        } else if (xml.startsWith("</", at)) {
          skipTo(">");
          if (!open.isEmpty()) {
            open.removeLast();
          }
        } else {
          int start = at;
          tag();
          if (xml.charAt(at - 2) != '/') {
            if (open.size() == MAX_DEPTH) {
              throw JumbfException.overLimit(
                  "elements lie more than " + MAX_DEPTH + " levels deep");
            }
            open.add(name(start + 1));
            if (open.equals(path)) {
              int end = xml.indexOf('<', at);
              found.add(new Span(at, (end < 0 ? xml.length() : end) - at));
            }
          }
        }
      }
      return found;
    }

    private void skipTo(String end) throws JumbfException {
      int found = xml.indexOf(end, at);
      if (found < 0) {
        throw JumbfException.malformed("the file's tags cannot be read");
      }
      at = found + end.length();
    }

    /** A document type, which may hold declarations in brackets. */
    private void declaration() throws JumbfException {
      int end = xml.indexOf('>', at);
      int bracket = xml.indexOf('[', at);
      if (bracket >= 0 && bracket < end) {
        skipTo("]");
      }
      skipTo(">");
    }

    /** A tag, whose attributes may hold anything but their own quotation mark. */
    private void tag() throws JumbfException {
      char quote = 0;
      for (at++; at < xml.length(); at++) {
        char c = xml.charAt(at);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
          quote = c;
        } else if (c == '>') {
          at++;
          return;
        }
      }
      throw JumbfException.malformed("the file's tags cannot be read");
    }

    private String name(int from) {
      int end = from;
      while (end < xml.length() && " \t\r\n/>".indexOf(xml.charAt(end)) < 0) {
        end++;
      }
      return xml.substring(from, end);
    }
  }
}
