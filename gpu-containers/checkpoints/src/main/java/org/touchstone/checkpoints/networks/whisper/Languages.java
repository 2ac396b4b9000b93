package org.touchstone.checkpoints.networks.whisper;

import java.util.List;

/** The languages that Whisper knows, in the order of their tokens, as BCP 47 tags. */
final class Languages {
  private static final List<String> ALL =
      List.of(
          ("en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta"
                  + " no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne"
                  + " mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht"
                  + " ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jv su yue")
              .split(" "));

  /** Languages of the models before large-v3, which added Cantonese. */
  static final int COUNT = 99;

  private Languages() {}

  /** The first languages. */
  static List<String> first(int count) {
    return ALL.subList(0, count);
  }

  /** Whether Whisper has a version with that many languages. */
  static boolean isKnown(int count) {
    return count == COUNT || count == ALL.size();
  }
}
