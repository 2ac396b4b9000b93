package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmpTextTest {

  @TempDir Path folder;

  @Test
  void readsXmpPropertiesHoweverTheyAreWritten() {
    String xmp =
        """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
          xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
          xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:xmp="http://ns.adobe.com/xap/1.0/">
          <rdf:Description rdf:about="" xmp:CreatorTool="Some Tool">
            <ext:DigitalSourceType
              rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"/>
            <dc:creator><rdf:Seq><rdf:li>A. Maker</rdf:li></rdf:Seq></dc:creator>
            <dc:description><rdf:Alt><rdf:li xml:lang="x-default">A &lt;view&gt;</rdf:li>
            </rdf:Alt></dc:description>
          </rdf:Description></rdf:RDF></x:xmpmeta>
        """;
    MediaMetadata metadata = read(utf8(xmp));

    assertThat(metadata.first("xmp", "CreatorTool")).contains("Some Tool");
    assertThat(metadata.first("xmp", "DigitalSourceType")).contains("digitalCapture");
    assertThat(metadata.first("xmp", "creator")).contains("A. Maker");
    assertThat(metadata.first("xmp", "description")).contains("A <view>");
  }

  @Test
  void tellsWhatXmpSaysOfIngredientsFromWhatItSaysOfTheFile() {
    MediaMetadata metadata =
        read(
            description(
                """
                <xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description
                  ext:DigitalSourceType="x/trainedAlgorithmicMedia">
                  <xmp:CreatorTool>Generator</xmp:CreatorTool>
                </rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>
                <xmpMM:Ingredients><rdf:Bag><rdf:li rdf:parseType="Resource">
                  <ext:DigitalSourceType rdf:resource="x/compositeSynthetic"/>
                </rdf:li></rdf:Bag></xmpMM:Ingredients>
                """));

    assertThat(metadata.first("xmp", "DigitalSourceType")).isEmpty();
    assertThat(metadata.first("xmp", "CreatorTool")).isEmpty();
    assertThat(metadata.entries())
        .filteredOn(e -> e.source().equals("xmp-ingredient"))
        .extracting(MediaMetadata.Entry::value)
        .containsExactly("trainedAlgorithmicMedia", "Generator", "compositeSynthetic");
  }

  @Test
  void takesNoPropertyOfAnotherSchemaOrWithinAnotherPropertyForOneOfTheFile() {
    MediaMetadata metadata =
        read(
            description(
                """
                <dc:DigitalSourceType>trainedAlgorithmicMedia</dc:DigitalSourceType>
                <dc:Credit>Made with Google AI</dc:Credit>
                <ext:ArtworkOrObject><rdf:Bag><rdf:li rdf:parseType="Resource">
                  <ext:DigitalSourceType>trainedAlgorithmicMedia</ext:DigitalSourceType>
                </rdf:li></rdf:Bag></ext:ArtworkOrObject>
                """));

    assertThat(metadata.entries()).noneMatch(e -> e.source().startsWith("xmp"));
  }

  @Test
  void resolvesNoEntitiesOfXmp() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "geheim");
    String xmp =
        """
        <!DOCTYPE x [<!ENTITY file SYSTEM "%s"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
        <x xmlns="adobe:ns:meta/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
        <xmp:CreatorTool>&file;&b;</xmp:CreatorTool></x>
        """
            .formatted(secret.toUri());
    assertThat(read(utf8(xmp)).entries())
        .noneMatch(e -> e.value().contains("geheim") || e.value().contains("aaaa"));
  }

  private static MediaMetadata read(byte[] packet) {
    RawMetadata raw = new RawMetadata();
    XmpText.read(packet, raw);
    return new MediaMetadata(raw.entries(), Optional.empty(), true);
  }

  private static byte[] description(String properties) {
    return utf8(
        """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
          xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
          xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
          xmlns:xmp="http://ns.adobe.com/xap/1.0/">
          <rdf:Description rdf:about="">%s</rdf:Description></rdf:RDF></x:xmpmeta>
        """
            .formatted(properties));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
