package org.touchstone.detectors.base;

/** Settings of the library that binds native code, which must be made before its first use. */
public final class Natives {
  private Natives() {}

  /**
   * Turns off JavaCPP's limit on the memory of the whole process, twice the Java heap by default:
   * models and decoders live outside the heap in the same process and are bounded by their own
   * settings. A limit given on the command line is kept.
   */
  public static void configure() {
    System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
  }
}
