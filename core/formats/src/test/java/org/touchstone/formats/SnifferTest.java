package org.touchstone.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
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
        arguments("\0\0\0\u0014ftypjxl \0\0\0\0jxl ", NotMedia.UNKNOWN),
        arguments("\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom", NotMedia.UNKNOWN),
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
