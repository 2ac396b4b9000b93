package org.touchstone.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.TestMedia;

class SnifferTest {

  static Stream<Arguments> realFiles() {
    return Stream.of(
        arguments(TestMedia.jpeg(), MediaFormat.JPEG),
        arguments(TestMedia.png(), MediaFormat.PNG),
        arguments(TestMedia.silentVideo("animated.gif", ""), MediaFormat.GIF),
        arguments(TestMedia.image("still.webp", "-c:v libwebp"), MediaFormat.WEBP),
        arguments(TestMedia.silentVideo("animated.webp", "-c:v libwebp_anim"), MediaFormat.WEBP),
        arguments(
            TestMedia.image("still.avif", "-c:v libaom-av1 -still-picture 1"), MediaFormat.AVIF),
        arguments(TestMedia.image("image.bmp", ""), MediaFormat.BMP),
        arguments(TestMedia.image("image.tiff", ""), MediaFormat.TIFF),
        arguments(TestMedia.mp4(), MediaFormat.MP4),
        arguments(TestMedia.video("video.mov", "-c:v mpeg4 -c:a aac"), MediaFormat.QUICKTIME),
        arguments(TestMedia.video("video.3gp", "-c:v mpeg4 -c:a aac"), MediaFormat.THREE_GPP),
        arguments(TestMedia.video("video.mkv", "-c:v mpeg4 -c:a aac"), MediaFormat.MATROSKA),
        arguments(TestMedia.video("video.webm", "-c:v libvpx -c:a libopus"), MediaFormat.WEBM),
        arguments(TestMedia.video("video.avi", "-c:v mpeg4 -c:a libmp3lame"), MediaFormat.AVI),
        arguments(TestMedia.video("video.ts", "-c:v mpeg2video -c:a mp2"), MediaFormat.MPEG_TS),
        arguments(
            TestMedia.video("video.m2ts", "-c:v mpeg2video -c:a mp2 -mpegts_m2ts_mode 1"),
            MediaFormat.MPEG_TS),
        arguments(
            TestMedia.video("video.mpg", "-c:v mpeg1video -r 25 -c:a mp2 -f mpeg"),
            MediaFormat.MPEG_PS),
        arguments(
            TestMedia.video("video.vob", "-c:v mpeg2video -r 25 -c:a mp2 -f vob"),
            MediaFormat.MPEG_PS),
        arguments(
            TestMedia.video("video.flv", "-c:v flv -c:a libmp3lame -ar 44100"), MediaFormat.FLV),
        arguments(TestMedia.video("video.ogv", "-c:v libvpx -c:a libopus -f ogg"), MediaFormat.OGG),
        arguments(TestMedia.audio("audio.opus", "-c:a libopus"), MediaFormat.OGG),
        arguments(TestMedia.mp3(), MediaFormat.MP3),
        arguments(
            TestMedia.audio("bare.mp3", "-c:a libmp3lame -id3v2_version 0 -write_xing 0"),
            MediaFormat.MP3),
        arguments(
            TestMedia.audio("low.mp3", "-c:a libmp3lame -ar 11025 -b:a 8k -id3v2_version 0"),
            MediaFormat.MP3),
        arguments(TestMedia.audio("audio.mp2", "-c:a mp2 -f mp2"), MediaFormat.MP3),
        arguments(TestMedia.audio("audio.m4a", "-c:a aac"), MediaFormat.M4A),
        arguments(TestMedia.audio("audio.wav", ""), MediaFormat.WAV),
        arguments(TestMedia.audio("audio.flac", ""), MediaFormat.FLAC),
        arguments(TestMedia.audio("audio.aac", "-c:a aac -f adts"), MediaFormat.AAC),
        arguments(
            TestMedia.audio("audio.amr", "-c:a libopencore_amrnb -ar 8000 -ac 1"), MediaFormat.AMR),
        arguments(TestMedia.audio("audio.aiff", ""), MediaFormat.AIFF));
  }

  @ParameterizedTest
  @MethodSource("realFiles")
  void knowsRealFilesByTheirContent(Path file, MediaFormat format) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(Sniffer.HEAD_BYTES);
      assertThat(Sniffer.sniff(head, head.length)).isEqualTo(format);
    }
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
        "ID3 is a tag", // a tag that is none
        "RIFF\0\0\0\0ACON", // a cursor
        "OggX\0",
        "\u001A\u0045\u00DF\u00A3\u0042\u0082\u0084evil"
      })
  void isNotFooledByHalfASignature(String content) {
    assertThat(refusal(content).kind()).isEqualTo(NotMedia.UNKNOWN);
  }

  @Test
  void aPictureInsideAnArchiveIsAnArchive() throws IOException {
    String picture = Files.readString(TestMedia.jpeg(), ISO_8859_1);
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
