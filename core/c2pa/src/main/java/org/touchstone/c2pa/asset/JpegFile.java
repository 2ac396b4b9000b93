package org.touchstone.c2pa.asset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * A JPEG file. Its manifest store lies in APP11 segments, each with at most 64 KB of one JUMBF box
 * (ISO 19566-5, annex D).
 */
final class JpegFile implements Container {
  private static final int MARKER = 0xFF;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int TEM = 0x01;
  private static final int APP11 = 0xEB;
  private static final int MAX_SEGMENTS = 100_000;

  /** Common identifier of JPEG's extensions: "JP". */
  private static final int IDENTIFIER = 0x4A50;

  /** Marker, length, identifier, box instance, packet number, box length and type. */
  private static final int BOX_HEADER = 20;

  private static final int INSTANCE = 6;
  private static final int PACKET = 8;
  private static final int BOX = 12;
  private static final int BOX_TYPE = 16;
  private static final int REPEATED = 8;
  private static final int SCAN = 32 << 10;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0xC4, "DHT"),
          Map.entry(0xC8, "JPG"),
          Map.entry(0xCC, "DAC"),
          Map.entry(SOI, "SOI"),
          Map.entry(EOI, "EOI"),
          Map.entry(SOS, "SOS"),
          Map.entry(0xDB, "DQT"),
          Map.entry(0xDC, "DNL"),
          Map.entry(0xDD, "DRI"),
          Map.entry(0xDE, "DHP"),
          Map.entry(0xDF, "EXP"),
          Map.entry(0xFE, "COM"),
          Map.entry(TEM, "TEM"));

  private final AssetFile file;

  JpegFile(AssetFile file) {
    this.file = file;
  }

  private record Segment(int marker, Span span) {}

  @Override
  public Optional<Store> store() throws IOException {
    Map<Integer, List<Segment>> byInstance = new LinkedHashMap<>();
    for (Segment segment : segments(false)) {
      if (isBox(segment)) {
        byInstance
            .computeIfAbsent(
                file.unsignedShort(segment.span.start() + INSTANCE), instance -> new ArrayList<>())
            .add(segment);
      }
    }
    for (List<Segment> segments : byInstance.values()) {
      byte[] bytes = joined(segments);
      if (StoreBox.isStore(bytes)) {
        long start = segments.getFirst().span.start();
        return Optional.of(
            new Store(bytes, new Span(start, segments.getLast().span.end() - start)));
      }
    }
    return Optional.empty();
  }

  private boolean isBox(Segment segment) throws IOException {
    return segment.marker == APP11
        && segment.span.length() >= BOX_HEADER
        && file.unsignedShort(segment.span.start() + Integer.BYTES) == IDENTIFIER
        && file.fourCharacters(segment.span.start() + BOX_TYPE).equals("jumb");
  }

  /** The box, of which each segment after the first repeats the length and the type. */
  private byte[] joined(List<Segment> segments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long packet = 1;
    long next = segments.getFirst().span.start();
    for (Segment segment : segments) {
      Span span = segment.span;
      if (span.start() != next) {
        // What lies between would be left out of hashes together with the store.
        throw JumbfException.malformed("the manifest store is not in one piece");
      }
      next = span.end();
      if (file.unsignedInt(span.start() + PACKET) != packet++) {
        throw JumbfException.malformed("a part of the manifest store is missing");
      }
      int skipped = packet == 2 ? BOX : BOX + REPEATED;
      out.writeBytes(file.read(span.start() + skipped, (int) span.length() - skipped));
      if (out.size() > MAX_STORE_BYTES) {
        throw JumbfException.overLimit("the manifest store is too large");
      }
    }
    return out.toByteArray();
  }

  @Override
  public List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    Optional<Span> store = store().map(Store::span);
    boolean isInStore = false;
    for (Segment segment : segments(true)) {
      boolean within =
          store.isPresent()
              && segment.span.start() >= store.get().start()
              && segment.span.end() <= store.get().end();
      if (!within) {
        parts.add(new Part(name(segment.marker), segment.span));
      } else if (!isInStore) {
        parts.add(new Part(C2PA_PART, store.get()));
      }
      isInStore = within;
    }
    return parts;
  }

  private static String name(int marker) {
    String name = NAMES.get(marker);
    if (name != null) {
      return name;
    }
    if (marker >= 0xE0 && marker <= 0xEF) {
      return "APP" + (marker - 0xE0);
    }
    if (marker >= RST0 && marker <= RST7) {
      return "RST" + (marker - RST0);
    }
    return marker >= 0xC0 && marker <= 0xCF ? "SOF" + (marker - 0xC0) : "%02X".formatted(marker);
  }

  /**
   * The segments, each scan with its picture data.
   *
   * @param whole whether those after the first scan are of interest
   */
  private List<Segment> segments(boolean whole) throws IOException {
    List<Segment> segments = new ArrayList<>();
    segments.add(new Segment(SOI, new Span(0, 2)));
    long at = 2;
    while (at + 1 < file.size() && segments.size() < MAX_SEGMENTS) {
      if (file.unsigned(at) != MARKER) {
        break;
      }
      int marker = file.unsigned(at + 1);
      if (marker == MARKER) {
        at++;
        continue;
      }
      long length = 2;
      boolean isBare = marker >= RST0 && marker <= SOI || marker == EOI || marker == TEM;
      if (!isBare) {
        if (at + BOX / 3 > file.size()) {
          break;
        }
        length = 2 + file.unsignedShort(at + 2);
        if (length < BOX / 3 || at + length > file.size()) {
          break;
        }
      }
      if (marker == SOS) {
        if (!whole) {
          break;
        }
        length = scanEnd(at + length) - at;
      }
      segments.add(new Segment(marker, new Span(at, length)));
      at += length;
      if (marker == EOI) {
        break;
      }
    }
    return segments;
  }

  /** Position of the first marker after picture data that is not part of them. */
  private long scanEnd(long from) throws IOException {
    long at = from;
    while (at < file.size()) {
      ByteBuffer block = ByteBuffer.allocate((int) Math.min(SCAN, file.size() - at));
      file.read(at, block);
      byte[] bytes = block.array();
      for (int i = 0; i + 1 < bytes.length; i++) {
        if ((bytes[i] & MARKER) == MARKER) {
          int next = bytes[i + 1] & MARKER;
          if (next != 0 && next != MARKER && (next < RST0 || next > RST7)) {
            return at + i;
          }
        }
      }
      // The last byte may begin a marker.
      at += bytes.length == 1 ? 1 : bytes.length - 1;
    }
    return file.size();
  }
}
