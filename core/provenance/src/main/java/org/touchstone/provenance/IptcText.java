package org.touchstone.provenance;

import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.iptc.IptcReader;
import java.util.Map;

/** IPTC texts that name the author or tool of a picture. */
final class IptcText {
  private static final Map<Integer, String> TEXTS =
      Map.of(
          IptcDirectory.TAG_CREDIT, "Credit",
          IptcDirectory.TAG_SOURCE, "Source",
          IptcDirectory.TAG_BY_LINE, "By-line",
          IptcDirectory.TAG_CAPTION, "Caption",
          IptcDirectory.TAG_HEADLINE, "Headline",
          IptcDirectory.TAG_SPECIAL_INSTRUCTIONS, "Instructions",
          IptcDirectory.TAG_ORIGINATING_PROGRAM, "OriginatingProgram");

  private IptcText() {}

  static void read(byte[] records, RawMetadata out) {
    Metadata metadata = new Metadata();
    new IptcReader().extract(new SequentialByteArrayReader(records), metadata, records.length);
    for (IptcDirectory directory : metadata.getDirectoriesOfType(IptcDirectory.class)) {
      TEXTS.forEach(
          (tag, name) -> {
            String text = directory.getString(tag);
            if (text != null) {
              out.text("iptc", name, text);
            }
          });
    }
  }
}
