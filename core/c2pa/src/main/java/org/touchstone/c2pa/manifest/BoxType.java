package org.touchstone.c2pa.manifest;

import org.touchstone.c2pa.jumbf.JumbfBox;

/**
 * A manifest store, and the kinds of superboxes in it, by their UUIDs (C2PA 2.2, section 11.1.4).
 */
enum BoxType {
  STORE("c2pa"),
  MANIFEST("c2ma"),
  UPDATE_MANIFEST("c2um"),
  COMPRESSED_MANIFEST("c2cm"),
  ASSERTION_STORE("c2as"),
  CLAIM("c2cl"),
  SIGNATURE("c2cs");

  private static final String REST = "00110010800000aa00389b71";

  private final String uuid;

  BoxType(String fourCharacters) {
    StringBuilder digits = new StringBuilder();
    fourCharacters.chars().forEach(c -> digits.append("%02x".formatted(c)));
    this.uuid = digits + REST;
  }

  boolean isOf(JumbfBox box) {
    return box.type().equals(uuid);
  }
}
