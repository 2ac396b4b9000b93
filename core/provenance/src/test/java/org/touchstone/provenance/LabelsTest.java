package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.jpegWithExif;
import static org.touchstone.testing.media.Containers.write;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Label.Meaning;
import org.touchstone.provenance.MediaMetadata.Entry;
import org.touchstone.testing.media.Exif;
import org.touchstone.testing.media.Samples;

/**
 * Labels that laws and platforms ask for, and traces of generators, in the places where they are
 * written.
 */
class LabelsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, GENERATED", "2, POSSIBLE", "3, POSSIBLE"})
  void readsChinasLabelInExif(String value, Meaning meaning) {
    String label = "{\"AIGC\": {\"Label\": \"%s\", \"ProduceID\": \"x\"}}".formatted(value);

    assertThat(labels(jpegWithExif(jpeg(), new Exif().unicodeComment(label).tiff())))
        .extracting(Label::meaning)
        .containsExactly(meaning);
    assertThat(labels(jpegWithExif(jpeg(), new Exif().text(Exif.IMAGE_DESCRIPTION, label).tiff())))
        .extracting(Label::where)
        .containsExactly("exif:ImageDescription");
  }

  @Test
  void readsChinasLabelInASegmentOfItsOwn() {
    Path file =
        jpegWith(
            jpeg(), 0xe9, ascii("AIGC{\"Label\":\"1\",\"ContentProducer\":\"x\"}"), new byte[0]);

    assertThat(labels(file)).extracting(Label::id).containsExactly("tc260-generated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Label\": \"1\"}",
        "{\"Label\": \"0\", \"ProduceID\": \"x\"}",
        "{\"aigc_label_type\": 0}",
        "{\"aigc_label_type\": 10}",
        "a picture about aigc_info and AIGC labels"
      })
  void isSilentOnOtherWords(String text) {
    assertThat(labels(jpegWithExif(jpeg(), new Exif().unicodeComment(text).tiff()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "aigc_info   | {\"aigc_label_type\": 1}",
        "aigc_info   | {\"aigc_label_type\": 2, \"source_info\": \"x\"}",
        "Information | {\"aigc_info\": {\"aigc_label_type\": \"1\"}}",
        "Information | {\"product\": \"dreamina\", \"exportType\": \"generation\"}"
      })
  void readsTheLabelsOfAppsInVideos(String tag, String text) {
    assertThat(labels(new Entry("tag", tag, text)))
        .extracting(Label::meaning)
        .containsExactly(Meaning.GENERATED);
  }

  @Test
  void isSilentOnVideosThatAreNotLabelled() {
    assertThat(labels(new Entry("tag", "aigc_info", "{\"aigc_label_type\": 0}"))).isEmpty();
    assertThat(
            labels(
                new Entry(
                    "tag", "Information", "{\"product\":\"dreamina\",\"exportType\":\"edit\"}")))
        .isEmpty();
    assertThat(labels(new Entry("tag", "encoder", "Google"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AI generated;txt2img;flux", "reve.com", "Aphrodite AI"})
  void knowsSoftwareByName(String software) {
    assertThat(labels(jpegWithExif(jpeg(), new Exif().text(Exif.SOFTWARE, software).tiff())))
        .extracting(Label::meaning)
        .containsExactly(Meaning.GENERATED);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "0, 0"})
  void readsWhatSamsungsGalleryDidWithAGenerator(int type, int found) {
    byte[] trailer =
        ascii(
            "PhotoEditor_Re_Edit_Data{\"originalPath\":\"x\",\"genAIType\":%d}SEFH0000SEFT"
                .formatted(type));
    Path file =
        write(folder.resolve("s.jpg"), concat(Samples.named("picture.jpg").bytes(), trailer));

    assertThat(labels(file)).hasSize(found).allMatch(l -> l.meaning() == Meaning.EDITED);
  }

  private static List<Label> labels(Path file) {
    return MetadataReport.labels(
        new MetadataReader().read(file, ContainerTags.NONE), Modality.IMAGE);
  }

  private static List<Label> labels(Entry entry) {
    return MetadataReport.labels(
        new MediaMetadata(List.of(entry), Optional.empty(), true), Modality.VIDEO);
  }

  private Path jpeg() {
    return Samples.named("picture.jpg").newIn(folder);
  }
}
