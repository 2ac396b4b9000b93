package org.touchstone.endpoint.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Modality;

/**
 * Tells what a file is by its first bytes, the names and types given with it being mere claims.
 * Anything else than a container of pictures or sound is not a medium: playlists and scripts, which
 * decoders would follow to other files, never reach one.
 */
final class MediaSniffer {
  /** How many bytes tell. */
  static final int BYTES = 16;

  /** Where the type of an ISO base media file stands, and where its major brand does. */
  private static final int BOX_TYPE = 4;

  private static final int BRAND = 8;

  /** A file's kind. */
  record Type(Modality modality, String mimeType) {}

  /** Bytes at an offset, and what they say. */
  private record Signature(int offset, byte[] bytes, Type type) {
    boolean matches(byte[] head) {
      int end = offset + bytes.length;
      return head.length >= end && Arrays.equals(head, offset, end, bytes, 0, bytes.length);
    }
  }

  private static final Type MP4 = new Type(Modality.VIDEO, "video/mp4");
  private static final Type QUICKTIME = new Type(Modality.VIDEO, "video/quicktime");
  private static final Type AVIF = new Type(Modality.IMAGE, "image/avif");
  private static final Type HEIC = new Type(Modality.IMAGE, "image/heic");
  private static final Type M4A = new Type(Modality.AUDIO, "audio/mp4");
  private static final Type MP3 = new Type(Modality.AUDIO, "audio/mpeg");
  private static final Type AAC = new Type(Modality.AUDIO, "audio/aac");

  /** The more telling first. */
  private static final List<Signature> SIGNATURES =
      List.of(
          hex(0, "ffd8ff", new Type(Modality.IMAGE, "image/jpeg")),
          hex(0, "89504e470d0a1a0a", new Type(Modality.IMAGE, "image/png")),
          text(0, "GIF8", new Type(Modality.IMAGE, "image/gif")),
          text(8, "WEBP", new Type(Modality.IMAGE, "image/webp")),
          text(8, "WAVE", new Type(Modality.AUDIO, "audio/wav")),
          text(8, "AVI ", new Type(Modality.VIDEO, "video/x-msvideo")),
          hex(0, "49492a00", new Type(Modality.IMAGE, "image/tiff")),
          hex(0, "4d4d002a", new Type(Modality.IMAGE, "image/tiff")),
          text(0, "BM", new Type(Modality.IMAGE, "image/bmp")),
          hex(0, "1a45dfa3", new Type(Modality.VIDEO, "video/webm")),
          text(0, "OggS", new Type(Modality.AUDIO, "audio/ogg")),
          text(0, "fLaC", new Type(Modality.AUDIO, "audio/flac")),
          text(0, "FLV", new Type(Modality.VIDEO, "video/x-flv")),
          text(0, "ID3", MP3),
          hex(0, "fffb", MP3),
          hex(0, "fff3", MP3),
          hex(0, "fff2", MP3),
          hex(0, "fffa", MP3),
          hex(0, "fff1", AAC),
          hex(0, "fff9", AAC),
          text(BOX_TYPE, "moov", QUICKTIME),
          text(BOX_TYPE, "mdat", QUICKTIME),
          text(BOX_TYPE, "wide", QUICKTIME));

  private static final List<Signature> BRANDS =
      List.of(
          text(BRAND, "avi", AVIF),
          text(BRAND, "hei", HEIC),
          text(BRAND, "hev", HEIC),
          text(BRAND, "mif1", HEIC),
          text(BRAND, "msf1", HEIC),
          text(BRAND, "M4A", M4A),
          text(BRAND, "M4B", M4A),
          text(BRAND, "qt", QUICKTIME));

  private static final Signature ISO_BASE_MEDIA = text(BOX_TYPE, "ftyp", MP4);
  private static final Signature RIFF = text(0, "RIFF", null);

  private MediaSniffer() {}

  /** The kind of a file that starts with these bytes; empty when it is no medium. */
  static Optional<Type> sniff(byte[] head) {
    if (ISO_BASE_MEDIA.matches(head)) {
      return Optional.of(first(BRANDS, head).orElse(MP4));
    }
    return first(SIGNATURES, head);
  }

  private static Optional<Type> first(List<Signature> signatures, byte[] head) {
    return signatures.stream().filter(s -> s.matches(head)).findFirst().map(Signature::type);
  }

  private static Signature hex(int offset, String hex, Type type) {
    return new Signature(offset, HexFormat.of().parseHex(hex), type);
  }

  private static Signature text(int offset, String text, Type type) {
    return new Signature(offset, text.getBytes(StandardCharsets.US_ASCII), type);
  }
}
