package org.touchstone.c2pa.asset;

import java.util.HexFormat;

/** Tells a manifest store from other JUMBF boxes. */
final class StoreBox {
  /** UUID of the superbox that is a manifest store. */
  private static final byte[] UUID = HexFormat.of().parseHex("6332706100110010800000aa00389b71");

  /** Header of the superbox and of its description. */
  private static final int UUID_AT = 16;

  /** How many bytes of a box tell. */
  static final int HEAD = UUID_AT + UUID.length;

  private StoreBox() {}

  static boolean isStore(byte[] box) {
    if (box.length < HEAD) {
      return false;
    }
    for (int i = 0; i < UUID.length; i++) {
      if (box[UUID_AT + i] != UUID[i]) {
        return false;
      }
    }
    return true;
  }
}
