package org.touchstone.testing.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** YuNet as opencv_zoo publishes it, a face detector that finds the faces of real photographs. */
public final class PublishedYuNet {
  private static final String FILE = "face_detection_yunet_2026may.onnx";

  private PublishedYuNet() {}

  /** The ONNX file. */
  public static byte[] model() {
    try (InputStream in = PublishedYuNet.class.getResourceAsStream(FILE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A manifest's JSON; tests adapt it with {@code replace}. */
  public static String manifest() {
    return """
    {"name": "yunet", "version": "2026-05", "licence": "MIT", "engine": "OnnxRuntime",
     "files": {"model.onnx": "@SHA256@"}, "role": "face-detector", "network": "yunet",
     "options": {},
     "input": {"name": "input", "layout": "NCHW", "dtype": "float32"}}
    """;
  }

  /** Puts it into a store. */
  public static void install(Path root) {
    TestModels.install(root, manifest(), model());
  }
}
