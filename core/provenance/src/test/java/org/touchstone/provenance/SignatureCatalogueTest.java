package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.Modality;
import org.touchstone.provenance.MediaMetadata.Entry;

class SignatureCatalogueTest {

  @Test
  void bundledSignaturesAreSound() {
    SignatureCatalogue catalogue = SignatureCatalogue.bundled();

    assertThat(catalogue.signatures()).extracting(Signature::id).doesNotHaveDuplicates();
    assertThat(catalogue.strengths().values()).allMatch(score -> score > 0.5 && score < 1);
    assertThat(catalogue.match(List.of(new Entry("png", "Comment", "a nice day")), Modality.IMAGE))
        .isEmpty();
    assertThat(catalogue.strengths().get("edited")).isLessThan(0.7);
    assertThat(catalogue.strengths().get("ingredient")).isLessThan(0.7);
  }

  /** Text that cameras, editors, encoders and people write into authentic media. */
  static Stream<Entry> authentic() {
    return Stream.of(
            entries("exif", "Make", "samsung", "Apple", "Google", "Canon", "SONY"),
            entries("exif", "Model", "SM-S938B", "iPhone 17 Pro", "Pixel 10 Pro"),
            entries(
                "exif",
                "Software",
                "Adobe Photoshop 26.0 (Windows)",
                "Adobe Photoshop Lightroom Classic 14.0",
                "GIMP 2.10.38",
                "Snapseed 2.22",
                "HDR+ 1.0.640377609zd",
                "S938BXXU1AXXX",
                "18.1",
                "Microsoft Designer",
                "Playground"),
            entries("xmp", "CreatorTool", "Adobe Photoshop 26.0", "Image Playground Studio Berlin"),
            entries("png", "Software", "gnome-screenshot", "Adobe ImageReady", "www.inkscape.org"),
            entries("tag", "encoder", "Lavf62.3.100", "Lavc62.11.100 libx264", "HandBrake 1.9.2"),
            entries("tag", "software", "Final Cut Pro", "DaVinci Resolve"),
            entries("xmp", "AISystemUsed", "None", "no", "N/A", "unknown", "NO", "not applicable"),
            entries("xmp", "Credit", "Getty Images", "Photo: Image Playground, Berlin", "AFP"),
            entries("iptc", "Credit", "Playground Images", "Reuters", "AP"),
            entries(
                "iptc",
                "Caption",
                "Voters -- many of them young -- wait. Job ID: 20231104. Photo by A. Smith",
                "A robot named Midjourney at a fair in Berlin -- Job ID: unknown",
                "Wait - - here. Job ID: 3f2a1b4c-1111-2222-3333-444455556666",
                "Wait here. 3f2a1b4c-1111-2222-3333-444455556666 -- Job ID: 12",
                "A -- b Job ID: 3f2a1b4c-1111-2222-3333-4444555566667777"),
            entries("exif", "ImageDescription", "Job ID: 7 -- the mayor opens the bridge"))
        .flatMap(List::stream);
  }

  private static List<Entry> entries(String source, String name, String... values) {
    return Stream.of(values).map(value -> new Entry(source, name, value)).toList();
  }

  @ParameterizedTest
  @MethodSource("authentic")
  void findsNoGeneratorInWhatAuthenticMediaSay(Entry entry) {
    for (Modality modality : Modality.values()) {
      assertThat(SignatureCatalogue.bundled().match(List.of(entry), modality)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Made with Google AI, 0.75",
    "Edited with Google AI, 0.65",
    "Apple Photos Clean Up, 0.65",
    "Apple Image Playground, 0.7"
  })
  void scoresARetouchedPhotographLowerThanAGeneratedOne(String credit, double score) {
    List<Entry> entries = List.of(new Entry("iptc", "Credit", credit));

    assertThat(SignatureCatalogue.bundled().match(entries, Modality.IMAGE))
        .singleElement()
        .satisfies(match -> assertThat(match.score()).hasValue(score));
  }

  @Test
  void namesTheSystemThatIptcNames() {
    List<Entry> entries = List.of(new Entry("xmp", "AISystemUsed", "Nano Imagine 3"));

    assertThat(SignatureCatalogue.bundled().match(entries, Modality.IMAGE))
        .singleElement()
        .satisfies(match -> assertThat(match.generator()).isEqualTo("Nano Imagine 3"));
  }

  @Test
  void drawsNoConclusionFromMusicThatASongIsCalledAfter() {
    List<Entry> entries =
        List.of(
            new Entry("tag", "title", "How I made with suno.com/song/1 a hit"),
            new Entry("tag", "lyrics", "made with suno"),
            new Entry("tag", "description", "Intro: udio.com/songs/2"),
            new Entry("tag", "comment", "Nothing here is made with suno"));

    assertThat(SignatureCatalogue.bundled().match(entries, Modality.AUDIO)).isEmpty();
  }

  @Test
  void knowsMusicByTheLinkToItsPage() {
    List<Entry> entries = List.of(new Entry("tag", "comment", "https://udio.com/songs/2"));

    assertThat(SignatureCatalogue.bundled().match(entries, Modality.AUDIO))
        .singleElement()
        .satisfies(match -> assertThat(match.generator()).isEqualTo("Udio"));
  }
}
