package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.touchstone.testing.media.Containers.jpegWithExif;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.pngWithText;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.formats.completeness.Completeness;
import org.touchstone.provenance.MediaMetadata.Entry;
import org.touchstone.testing.media.C2pa;
import org.touchstone.testing.media.Containers;
import org.touchstone.testing.media.Exif;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Tiff;

class MetadataReportTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"picture.jpg", "picture.png", "picture.webp"})
  void saysThatAFileIsIncomplete(String name) {
    byte[] whole = Samples.named(name).bytes();
    Path cut = Containers.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 5));

    DetectorReport report = report(cut);

    assertThat(report.status()).isEqualTo(ReportStatus.ABSTAINED);
    assertThat(report.evidence().findings())
        .contains(new Finding("file", "incomplete", Completeness.SENTENCE));
    assertThat(report(Samples.named(name).in(folder)).evidence().findings())
        .noneMatch(finding -> finding.source().equals("file"));
  }

  @Test
  void saysThatOnlyThePreviewOfARawPhotographIsJudged() {
    Tiff tiff = Tiff.classic(ByteOrder.LITTLE_ENDIAN);
    byte[] raw =
        tiff.picture(
            Tiff.Fields.picture(1200, 800, 1).typed(Tiff.DNG_VERSION, 1, 1, 4, 0, 0),
            new byte[1200 * 800]);

    assertThat(report(Containers.write(folder.resolve("raw.dng"), raw)).evidence().findings())
        .extracting(Finding::source, Finding::name)
        .contains(tuple("file", "raw-photograph"));
  }

  private static DetectorReport report(Path file) {
    MediaMetadata metadata = new MetadataReader().read(file, ContainerTags.NONE);
    return MetadataReport.of(metadata, Modality.IMAGE, Provenance.ABSENT).orElseThrow();
  }

  /** Text that generators write into PNG, field by field. */
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
        Arguments.of("Source", "Luma AI", "Luma AI"),
        Arguments.of("AIGC", "{\"Label\": \"1\", \"ContentProducer\": \"x\"}", null));
  }

  @ParameterizedTest
  @MethodSource("pngTexts")
  void knowsWhatGeneratorsWriteIntoPng(String keyword, String text, String generator) {
    Path file = png();
    pngWithText(file, keyword, text);

    DetectorReport report = detect(file);

    assertThat(report.status()).isEqualTo(ReportStatus.SCORED);
    assertThat(report.score()).isBetween(0.7, 0.75);
    assertThat(report.evidence().generator()).isEqualTo(generator);
    String named = generator == null ? "a generator" : generator;
    assertThat(report.evidence().rationale())
        .isEqualTo(
            "The file says of itself that " + named + " made or changed it; this can be forged.");
    assertThat(report.evidence().findings())
        .anySatisfy(f -> assertThat(f.source()).isEqualTo("png:" + keyword));
  }

  @Test
  void knowsParametersInTheUserCommentOfAJpeg() {
    byte[] exif =
        new Exif().unicodeComment("a cat\nSteps: 20, Sampler: Euler, Seed: 3, Size: 8x8").tiff();

    DetectorReport report = detect(jpegWithExif(jpeg(), exif));

    assertThat(report.score()).isEqualTo(0.75);
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

    assertThat(detect(jpegWithExif(jpeg(), both)).evidence().generator()).isEqualTo("xAI Grok");
    assertThat(detect(jpegWithExif(jpeg(), one)).status()).isEqualTo(ReportStatus.ABSTAINED);
  }

  @Test
  void tellsAJobOfAModelHubWithoutAnyScore() {
    DetectorReport report = detect(pngWithText(png(), "hf-job-id", "abc"));

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .containsExactly(new Finding("png:hf-job-id", "hugging-face-job", "abc"));
  }

  @Test
  void namesTheModelOfAManifest() {
    Path file = png();
    byte[] store =
        new C2pa()
            .manifest("ChatGPT", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Sora"))
            .store();
    pngWith(file, "caBX", store);

    assertThat(detect(file).evidence().generator()).isEqualTo("OpenAI");
  }

  @Test
  void drawsNoConclusionFromACredentialThatDoesNotHold() {
    byte[] store =
        new C2pa()
            .manifest("ChatGPT", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Sora"))
            .store();
    Path file = pngWith(png(), "caBX", store);
    Provenance broken = new Provenance(Provenance.State.INVALID, null, null, null, List.of());
    MediaMetadata metadata = new MetadataReader().read(file, ContainerTags.NONE);

    assertAbstains(MetadataReport.of(metadata, Modality.IMAGE, broken).orElseThrow());
  }

  @Test
  void knowsGeneratorsOfMusicByTheirTags() {
    String comment = "made with suno; created=2026-01-01T00:00:00Z; id=1";

    DetectorReport report = detect(Modality.AUDIO, Map.of("comment", comment));

    assertThat(report.score()).isEqualTo(0.75);
    assertThat(report.evidence().generator()).isEqualTo("Suno");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "made with suno; created=2026-01-01T00:00:00Z; id=1",
        "Music: https://suno.com/song/1 and https://udio.com/songs/2"
      })
  void drawsNoConclusionFromTheMusicThatAVideoCredits(String credit) {
    assertAbstains(detect(Modality.VIDEO, Map.of("comment", credit, "description", credit)));
  }

  @Test
  void givesNoReportWhenReadingTheTagsWasCutShort() {
    MediaMetadata cut = new MediaMetadata(List.of(), Optional.empty(), false);

    assertThat(MetadataReport.of(cut, Modality.AUDIO, Provenance.ABSENT)).isEmpty();
  }

  @Test
  void takesNoEncoderForAGenerator() {
    Map<String, String> video = Map.of("encoder", "Lavf62.3.100");
    Map<String, String> audio = Map.of("artist", "Miss Udiome", "title", "Sorauren Midjourneyman");

    assertAbstains(detect(Modality.VIDEO, video));
    assertAbstains(detect(Modality.AUDIO, audio));
  }

  @Test
  void tellsTheCameraWithoutAnyScore() {
    byte[] exif =
        new Exif()
            .text(Exif.MAKE, "Canon")
            .text(Exif.MODEL, "EOS R6")
            .text(Exif.SOFTWARE, "Adobe Lightroom")
            .tiff();

    DetectorReport report = detect(jpegWithExif(jpeg(), exif));

    assertAbstains(report);
    assertThat(report.evidence().findings())
        .contains(
            new Finding("exif", "camera", "Canon EOS R6"),
            new Finding("exif", "software", "Adobe Lightroom"));
  }

  @Test
  void abstainsOnFilesWithoutMetadata() {
    DetectorReport report = detect(jpeg());

    assertAbstains(report);
    assertThat(report.evidence().findings()).isEmpty();
  }

  @Test
  void shortensWhatItShows() {
    Path file = png();
    String text = "word ".repeat(1000) + "Steps: 1, Sampler: x, Seed: 1";
    pngWithText(file, "parameters", text);

    assertThat(detect(file).evidence().findings())
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.value().length()).isLessThanOrEqualTo(200));
  }

  private static void assertAbstains(DetectorReport report) {
    assertThat(report.status()).isEqualTo(ReportStatus.ABSTAINED);
    assertThat(report.reason()).isEqualTo(Reason.NO_SIGNAL);
    assertThat(report.score()).isNull();
  }

  private static DetectorReport detect(Path file) {
    MediaMetadata metadata = new MetadataReader().read(file, ContainerTags.NONE);
    return MetadataReport.of(metadata, Modality.IMAGE, Provenance.ABSENT).orElseThrow();
  }

  private static DetectorReport detect(Modality modality, Map<String, String> tags) {
    List<Entry> entries =
        tags.entrySet().stream().map(e -> new Entry("tag", e.getKey(), e.getValue())).toList();
    MediaMetadata metadata = new MediaMetadata(entries, Optional.empty(), true);
    return MetadataReport.of(metadata, modality, Provenance.ABSENT).orElseThrow();
  }

  private Path jpeg() {
    return Samples.named("picture.jpg").newIn(folder);
  }

  private Path png() {
    return Samples.named("picture.png").newIn(folder);
  }
}
