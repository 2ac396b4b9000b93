package org.touchstone.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.touchstone.testing.media.Containers.concat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Samples.Sample;

class SnifferTest {

  @TempDir Path folder;

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void knowsRealFilesByTheirContent(Sample sample) throws IOException {
    MediaFormat format = MediaFormat.valueOf(sample.format());

    assertThat(Sniffer.sniff(sample.in(folder))).isEqualTo(format);
    assertThat(format.mimeType(sample.modality())).isEqualTo(sample.mimeType());
  }

  @Test
  void thereIsARealFileOfEveryFormat() {
    assertThat(Samples.all().stream().map(Sample::format).distinct())
        .containsExactlyInAnyOrder(
            Stream.of(MediaFormat.values()).map(Enum::name).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heic", "heix", "mif1", "msf1"})
  void knowsHeicByItsBrand(String brand) {
    assertThat(sniff("\0\0\0\u0018ftyp" + brand + "\0\0\0\0" + "mif1heic"))
        .isEqualTo(MediaFormat.HEIC);
  }

  @Test
  void knowsAvifWhoseMajorBrandIsGeneral() {
    assertThat(sniff("\0\0\0\u0018ftypmif1\0\0\0\0mif1avif")).isEqualTo(MediaFormat.AVIF);
  }

  @Test
  void knowsQuickTimeThatIsOlderThanBrands() {
    assertThat(sniff("\0\0\1\0moov\0\0\0\u006Cmvhd")).isEqualTo(MediaFormat.QUICKTIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moof", "uuid", "pnot", "wide"})
  void knowsQuickTimeByOtherFirstBoxes(String box) {
    assertThat(sniff("\0\0\1\0" + box + "\0\0\0\u006C")).isEqualTo(MediaFormat.QUICKTIME);
  }

  @Test
  void knowsQuickTimeThatBeginsWithHalfAGigabyteOfSamples() {
    assertThat(sniff("\u0021\0\0\0mdat")).isEqualTo(MediaFormat.QUICKTIME);
  }

  @Test
  void knowsAJpegWithFillBytesBeforeItsFirstSegment() {
    assertThat(sniff("\u00FF\u00D8\u00FF\u00FF\u00FF\u00E0\0\u0010JFIF"))
        .isEqualTo(MediaFormat.JPEG);
  }

  @Test
  void readsOnBehindSeveralTagsAndTheirPadding() {
    String tag = "ID3\u0003\0\0\0\0\0\u0002xx";
    assertThat(sniff(tag + tag + "\0\0\0fLaC\0\0\0\"")).isEqualTo(MediaFormat.FLAC);
  }

  @Test
  void whatATagIsFollowedByIsForItsReaderToTell() {
    assertThat(sniff("ID3\u0003\0\0\0\0\0\u0002xx" + "junk")).isEqualTo(MediaFormat.MP3);
  }

  @Test
  void takesAnAudioFileWithAHugeCoverForWhatItsTagSays() {
    String tag = "ID3\u0003\0\0\0\u007F\u007F\u007F";
    assertThat(sniff(tag + "\0".repeat(Sniffer.HEAD_BYTES - tag.length())))
        .isEqualTo(MediaFormat.MP3);
  }

  @Test
  void findsFlacBehindATag() {
    assertThat(sniff("ID3\u0003\0\0\0\0\0\u0002xxfLaC\0\0\0\"")).isEqualTo(MediaFormat.FLAC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"II+\0\b\0\0\0", "MM\0+\0\b\0\0"})
  void knowsTiffWithLongOffsets(String start) {
    assertThat(sniff(start)).isEqualTo(MediaFormat.TIFF);
  }

  static Stream<Arguments> tagged() {
    return Stream.of(
            "sound.flac", "sound.aac", "sound.mp3", "sound.wav", "sound.aiff", "sound.opus")
        .flatMap(
            file ->
                Stream.of(
                    arguments(file, id3(15)),
                    arguments(file, id3(15) + id3(40)),
                    arguments(file, id3(3_000_000)),
                    arguments(file, id3(20_000) + id3(20_000)),
                    // A footer repeats the header.
                    arguments(file, "ID3\u0004\0\u0010\0\0\0\u0002xx3DI\u0004\0\u0010\0\0\0\u0002"),
                    arguments(file, "APETAGEX\u00D0\u0007\0\0\u0003" + "\0".repeat(19) + "xxx")));
  }

  @ParameterizedTest
  @MethodSource("tagged")
  void findsSoundBehindTagsOfAnyLength(String file, String tags) throws IOException {
    Sample sample = Samples.named(file);
    byte[] whole = concat(tags.getBytes(ISO_8859_1), sample.bytes());

    assertThat(Sniffer.sniff(write(whole))).isEqualTo(MediaFormat.valueOf(sample.format()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sound.flac", "sound.aac", "sound.mp3"})
  void findsSoundBehindZerosAfterATag(String file) throws IOException {
    Sample sample = Samples.named(file);
    byte[] whole = concat(id3(15).getBytes(ISO_8859_1), new byte[5000], sample.bytes());

    assertThat(Sniffer.sniff(write(whole))).isEqualTo(MediaFormat.valueOf(sample.format()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"untagged.mp3", "sound.aac"})
  void findsSoundThatBeginsInTheMiddleOfAFrameOrAfterJunk(String file) throws IOException {
    Sample sample = Samples.named(file);
    MediaFormat format = MediaFormat.valueOf(sample.format());
    byte[] bytes = sample.bytes();

    assertThat(Sniffer.sniff(write(Arrays.copyOfRange(bytes, 137, bytes.length))))
        .isEqualTo(format);
    byte[] junk = "some bytes that are nothing in particular".getBytes(ISO_8859_1);
    assertThat(Sniffer.sniff(write(concat(junk, bytes)))).isEqualTo(format);
  }

  @Test
  void soundInsideAPageIsAPage() throws IOException {
    byte[] page = "<!doctype html><html><body>".getBytes(ISO_8859_1);
    Path file = write(concat(page, Samples.named("untagged.mp3").bytes()));

    assertThat(catchThrowableOfType(NotMediaException.class, () -> Sniffer.sniff(file)).kind())
        .isEqualTo(NotMedia.HTML);
  }

  @Test
  void readsNoMoreThanSixteenMegabytesToGetBehindTags() throws IOException {
    byte[] endless = concat(id3(200_000_000).getBytes(ISO_8859_1), new byte[20 << 20]);

    assertThat(Sniffer.head(new ByteArrayInputStream(endless)).length)
        .isEqualTo(Sniffer.HEAD_BYTES);
    String tags = id3(7_000_000).repeat(3);
    assertThat(Sniffer.head(new ByteArrayInputStream(tags.getBytes(ISO_8859_1))).length)
        .isLessThanOrEqualTo(16 << 20);
  }

  static Stream<Arguments> refused() throws IOException {
    return Stream.of(
        arguments("", NotMedia.EMPTY),
        arguments("<!DOCTYPE html><html><body>", NotMedia.HTML),
        arguments("\u00EF\u00BB\u00BF \n<HTML lang=en>", NotMedia.HTML),
        arguments("<!doctype html><html><svg width=1>", NotMedia.HTML),
        arguments(
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", NotMedia.HTML),
        arguments("<!-- GIF89a --><script>", NotMedia.HTML),
        arguments("<script>alert(1)</script>", NotMedia.HTML),
        arguments(new String("\uFEFF<html>".getBytes(UTF_16LE), ISO_8859_1), NotMedia.HTML),
        arguments("<svg xmlns='http://www.w3.org/2000/svg'>", NotMedia.SVG),
        arguments("<?xml version='1.0'?>\n<!-- x --><svg >", NotMedia.SVG),
        arguments("<?xml version='1.0'?><rss>", NotMedia.XML),
        arguments("#!/bin/sh\necho", NotMedia.SCRIPT),
        arguments("<?php system($_GET['c']);", NotMedia.SCRIPT),
        arguments("%PDF-1.7\n", NotMedia.PDF),
        arguments("\u007FELF\u0002\u0001", NotMedia.EXECUTABLE),
        arguments("MZ\u0090\0", NotMedia.EXECUTABLE),
        arguments(zip(), NotMedia.ARCHIVE),
        arguments(gzip(), NotMedia.ARCHIVE),
        arguments("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", NotMedia.ARCHIVE),
        arguments("\0\0\0\u0014ftypjxl \0\0\0\0jxl ", NotMedia.JPEG_XL),
        arguments("\0\0\0\u000CJXL \r\n\u0087\n\0\0\0\u0014ftypjxl ", NotMedia.JPEG_XL),
        arguments("\u00FF\n\u0078\u004C\u0090", NotMedia.JPEG_XL),
        arguments("\0\0\0\u000CjP  \r\n\u0087\n\0\0\0\u0014ftypjp2 ", NotMedia.JPEG_2000),
        arguments("\u00FFO\u00FFQ\0\u002F", NotMedia.JPEG_2000),
        arguments("\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom", NotMedia.RAW_PHOTOGRAPH),
        arguments("FUJIFILMCCD-RAW 0201FF393101X100", NotMedia.RAW_PHOTOGRAPH),
        arguments("IIU\0\u0018\0\0\0", NotMedia.RAW_PHOTOGRAPH),
        arguments("IIRO\b\0\0\0", NotMedia.RAW_PHOTOGRAPH),
        arguments("8BPS\0\u0001", NotMedia.EDITOR_DOCUMENT),
        arguments(".RMF\0\0\0\u0012", NotMedia.REAL_MEDIA),
        arguments("{\"media\": []}", NotMedia.UNKNOWN),
        arguments("just text", NotMedia.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatIsNoMediumAndSaysWhatItIs(String content, NotMedia kind) {
    NotMediaException refusal = refusal(content);
    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(refusal.problem().type())
        .isEqualTo(
            kind == NotMedia.EMPTY ? ProblemType.MEDIA_EMPTY : ProblemType.MEDIA_UNSUPPORTED);
    assertThat(refusal.problem().detail()).isEqualTo(kind.sentence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00FF\u00D8", // a JPEG's first two bytes alone
        "\u0089PNG\r\n\u001A\n", // a PNG without a header
        "\u0089PNG\r\n\u001A\n\u007F\u00FF\u00FF\u00FFIHDR", // with an impossible one
        "BMW is a car maker", // text that begins like a bitmap
        "The freeway, the mdat, the moov", // text with a box's name at a box's place
        "G is a letter", // one byte of a transport stream
        "\u00FF\u00FBno second frame follows this one, however long it is", // one MP3 frame
        "ID3 is a tag", // text that begins like a tag
        "RIFF\0\0\0\0ACON", // a cursor
        "OggX\0",
        "\u001A\u0045\u00DF\u00A3\u0042\u0082\u0084evil"
      })
  void isNotFooledByHalfASignature(String content) {
    assertThat(refusal(content).kind()).isEqualTo(NotMedia.UNKNOWN);
  }

  @Test
  void aPictureInsideAnArchiveIsAnArchive() throws IOException {
    String picture = new String(Samples.named("picture.jpg").bytes(), ISO_8859_1);
    assertThat(refusal(zip() + picture).kind()).isEqualTo(NotMedia.ARCHIVE);
  }

  /** A tag of a given length, filled with zeros. */
  private static String id3(int length) {
    String size = "";
    for (int shift = 21; shift >= 0; shift -= 7) {
      size += (char) (length >> shift & 0x7f);
    }
    return "ID3\u0003\0\0" + size + "\0".repeat(Math.min(length, 4_000_000));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private static MediaFormat sniff(String latin1) {
    byte[] bytes = latin1.getBytes(ISO_8859_1);
    return Sniffer.sniff(bytes, bytes.length);
  }

  private static NotMediaException refusal(String latin1) {
    return catchThrowableOfType(NotMediaException.class, () -> sniff(latin1));
  }

  private static String zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.jpg"));
      zip.write(1);
    }
    return bytes.toString(ISO_8859_1);
  }

  private static String gzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(1);
    }
    return bytes.toString(ISO_8859_1);
  }
}
