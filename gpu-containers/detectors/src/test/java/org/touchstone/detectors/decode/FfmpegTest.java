package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.formats.Codecs;
import org.touchstone.formats.MediaFormat;

/** What is accepted can be decoded by the ffmpeg that is shipped. */
class FfmpegTest {
  private static final Set<String> DECODERS = Set.of(Ffmpeg.CODECS.split(","));

  @BeforeAll
  static void load() {
    Ffmpeg.load();
  }

  static Set<String> codecs() {
    return Codecs.all();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void hasADecoderForEveryCodec(String codec) {
    AVCodecDescriptor descriptor = avcodec_descriptor_get_by_name(codec);
    assertThat(descriptor).as("a codec that ffmpeg knows").isNotNull();

    AVCodec used = Ffmpeg.decoder(descriptor.id());
    AVCodec standard = avcodec_find_decoder(descriptor.id());

    assertThat(used).isNotNull();
    // ffmpeg opens its standard decoder to examine streams.
    assertThat(DECODERS).contains(used.name().getString(), standard.name().getString());
  }

  @Test
  void hasADemuxerForEveryFormat() {
    List<String> demuxers =
        Stream.of(MediaFormat.values())
            .map(MediaFormat::demuxer)
            .filter(Objects::nonNull)
            .distinct()
            .toList();

    assertThat(demuxers)
        .allSatisfy(name -> assertThat(av_find_input_format(name)).as(name).isNotNull());
  }
}
