package org.touchstone.detectors.pipelines.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.testing.media.C2pa;
import org.touchstone.testing.media.Exif;

class MetadataDetectorTest {

  private static final byte[] EXIF = ascii("Exif\0\0");

  @TempDir Path folder;

  /** What generators write into PNG, field by field. */
  static Stream<Arguments> pngTexts() {
    String uuid = "3f2a1b4c-1111-2222-3333-444455556666";
    return Stream.of(
        Arguments.of(
            "parameters",
            "a cat\nNegative prompt: dog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42",
            "Stable Diffusion web UI"),
        Arguments.of(
            "prompt",
            "{\"3\": {\"inputs\": {\"seed\": 5}, \"class_type\": \"KSampler\"}}",
            "ComfyUI"),
        Arguments.of("workflow", "{\"last_node_id\": 9, \"nodes\": [], \"links\": []}", "ComfyUI"),
        Arguments.of("invokeai_metadata", "{\"positive_prompt\": \"cat\"}", "InvokeAI"),
        Arguments.of("sd-metadata", "{\"model\": \"stable diffusion\"}", "InvokeAI"),
        Arguments.of("Dream", "\"a cat\" -s 50 -S 12 -W 512 -H 512 -C 7.5 -A k_lms", "InvokeAI"),
        Arguments.of("Software", "NovelAI", "NovelAI"),
        Arguments.of("Title", "AI generated image", "NovelAI"),
        Arguments.of(
            "Comment", "{\"uc\": \"\", \"sampler\": \"k_euler\", \"steps\": 28}", "NovelAI"),
        Arguments.of("fooocus_scheme", "fooocus", "Fooocus"),
        Arguments.of(
            "parameters", "{\"base_model\":\"x\",\"performance\":\"Speed\",\"seed\":1}", "Fooocus"),
        Arguments.of("parameters", "{\"sui_image_params\": {\"prompt\": \"cat\"}}", "SwarmUI"),
        Arguments.of("use_stable_diffusion_model", "sd-v1-4", "Easy Diffusion"),
        Arguments.of("Description", "a cat --ar 16:9 --v 6.0 Job ID: " + uuid, "Midjourney"),
        Arguments.of("Source", "Stable Diffusion XL C1E1DE52", "Stable Diffusion XL C1E1DE52"),
        Arguments.of("AIGC", "{\"Label\": \"1\", \"ContentProducer\": \"x\"}", null));
  }

  @ParameterizedTest
  @MethodSource("pngTexts")
  void knowsWhatGeneratorsWriteIntoPng(String keyword, String text, String generator)
      throws IOException {
    Path file = png();
    pngWith(file, "tEXt", ascii(keyword + "\0" + text));

    DetectorReport report = detect(file, Modality.IMAGE);

    assertThat(report.status()).isEqualTo(ReportStatus.SCORED);
    assertThat(report.score()).isGreaterThanOrEqualTo(0.95);
    assertThat(report.evidence().generator()).isEqualTo(generator);
    assertThat(report.evidence().findings())
        .anySatisfy(f -> assertThat(f.source()).isEqualTo("png:" + keyword));
  }

  @Test
  void knowsParametersInTheUserCommentOfAJpeg() {
    byte[] exif =
        new Exif().unicodeComment("a cat\nSteps: 20, Sampler: Euler, Seed: 3, Size: 8x8").tiff();

    DetectorReport report = detect(jpegWith(rocket(), 0xe1, EXIF, exif), Modality.IMAGE);

    assertThat(report.score()).isEqualTo(0.99);
    assertThat(report.evidence().generator()).isEqualTo("Stable Diffusion web UI");
  }

  @Test
  void knowsGrokByTwoFieldsTogetherOnly() {
    String uuid = "3f2a1b4c-1111-2222-3333-444455556666";
    byte[] both =
        new Exif()
            .text(Exif.IMAGE_DESCRIPTION, "Signature: c2lnbmF0dXJl")
            .text(Exif.ARTIST, uuid)
            .tiff();
    byte[] one = new Exif().text(Exif.IMAGE_DESCRIPTION, "Signature: a poem").tiff();

    assertThat(detect(jpegWith(rocket(), 0xe1, EXIF, both), Modality.IMAGE).evidence().generator())
        .isEqualTo("xAI Grok");
    assertThat(detect(jpegWith(freshRocket(), 0xe1, EXIF, one), Modality.IMAGE).status())
        .isEqualTo(ReportStatus.ABSTAINED);
  }

  @Test
  void tellsAJobOfAModelHubWithoutAnyScore() throws IOException {
    DetectorReport report = detect(pngWith(png(), "tEXt", ascii("hf-job-id\0abc")), Modality.IMAGE);

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .containsExactly(new Finding("png:hf-job-id", "hugging-face-job", "abc"));
  }

  @Test
  void namesTheModelOfAManifest() throws IOException {
    Path file = png();
    byte[] store =
        new C2pa()
            .manifest("ChatGPT", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Sora"))
            .store();
    pngWith(file, "caBX", store);

    assertThat(detect(file, Modality.IMAGE).evidence().generator()).isEqualTo("OpenAI");
  }

  @Test
  void knowsGeneratorsOfMusicByTheirTags() {
    Path suno = folder.resolve("suno.mp3");
    String comment = "made with suno; created=2026-01-01T00:00:00Z; id=1";
    new VideoWriter(suno, VideoSettings.audioOnly(0.2).withTags(Map.of("comment", comment)))
        .close();

    DetectorReport report = detect(suno, Modality.AUDIO);

    assertThat(report.score()).isEqualTo(0.99);
    assertThat(report.evidence().generator()).isEqualTo("Suno");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "made with suno; created=2026-01-01T00:00:00Z; id=1",
        "Music: https://suno.com/song/1 and https://udio.com/songs/2"
      })
  void drawsNoConclusionFromTheMusicThatAVideoCredits(String credit) {
    VideoSettings settings =
        VideoSettings.h264(64, 64).withTags(Map.of("comment", credit, "description", credit));
    Path video = TestMedia.numberedVideo(folder.resolve("credits.mp4"), settings, 3);

    assertThat(context(video, Modality.VIDEO).metadata().first("tag", "comment")).contains(credit);
    assertAbstains(detect(video, Modality.VIDEO));
  }

  @Test
  void givesNoReportWhenReadingTheTagsWasCutShort() {
    Path audio = folder.resolve("cut.mp3");
    new VideoWriter(audio, VideoSettings.audioOnly(0.2)).close();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> detect(audio, Modality.AUDIO))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void takesNoEncoderForAGenerator() {
    Path video = TestMedia.numberedVideo(folder.resolve("a.mp4"), VideoSettings.h264(64, 64), 3);
    Path audio = folder.resolve("a.mp3");
    Map<String, String> tags = Map.of("artist", "Miss Udiome", "title", "Sorauren Midjourneyman");
    new VideoWriter(audio, VideoSettings.audioOnly(0.2).withTags(tags)).close();

    assertAbstains(detect(video, Modality.VIDEO));
    assertAbstains(detect(audio, Modality.AUDIO));
  }

  @Test
  void tellsTheCameraWithoutAnyScore() {
    byte[] exif =
        new Exif()
            .text(Exif.MAKE, "Canon")
            .text(Exif.MODEL, "EOS R6")
            .text(Exif.SOFTWARE, "Adobe Lightroom")
            .tiff();

    DetectorReport report = detect(jpegWith(rocket(), 0xe1, EXIF, exif), Modality.IMAGE);

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .contains(
            new Finding("exif", "camera", "Canon EOS R6"),
            new Finding("exif", "software", "Adobe Lightroom"));
  }

  @Test
  void abstainsOnFilesWithoutMetadata() {
    DetectorReport report = detect(rocket(), Modality.IMAGE);

    assertAbstains(report);
    assertThat(report.evidence().findings()).isEmpty();
  }

  @Test
  void shortensWhatItShows() throws IOException {
    Path file = png();
    String text = "word ".repeat(1000) + "Steps: 1, Sampler: x, Seed: 1";
    pngWith(file, "tEXt", ascii("parameters\0" + text));

    assertThat(detect(file, Modality.IMAGE).evidence().findings())
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.value().length()).isLessThanOrEqualTo(200));
  }

  private static void assertAbstains(DetectorReport report) {
    assertThat(report.status()).isEqualTo(ReportStatus.ABSTAINED);
    assertThat(report.reason()).isEqualTo(Reason.NO_SIGNAL);
    assertThat(report.score()).isNull();
  }

  private static DetectorReport detect(Path file, Modality modality) {
    try (MediaContext media = context(file, modality)) {
      return new MetadataDetector().detect(media);
    }
  }

  private static MediaContext context(Path file, Modality modality) {
    return TestMedia.context(file, modality, DecodeLimits.DEFAULT);
  }

  private Path rocket() {
    return TestMedia.rocket(folder);
  }

  private Path freshRocket() {
    try {
      return TestMedia.rocket(Files.createTempDirectory(folder, "fresh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path png() throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }
}
