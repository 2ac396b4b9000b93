package org.touchstone.detectors.inference;

import java.util.LinkedHashSet;
import java.util.Set;
import org.touchstone.detectors.inference.OnnxSignature.Declared;
import org.touchstone.models.Input;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;

/**
 * Compares a recogniser's manifest with its two ONNX files.
 *
 * @param manifest with a decoder
 * @param decoder the manifest's
 */
record SpeechSignature(ModelManifest manifest, ModelRole.Decoder decoder) {
  private static final long ANY = OnnxSignature.ANY;

  /**
   * @return whether keys and values are float16 instead of float32
   * @throws ModelException naming the file whose tensors are others
   */
  boolean check(OnnxSignature encoder, OnnxSignature writer, String output) {
    String file = manifest.modelFile();
    Input input = manifest.input();
    files(file, encoder);
    files(decoder.file(), writer);
    names(file, encoder.inputs().keySet(), Set.of(input.name()));
    tensor(
        file,
        encoder.inputs().get(input.name()),
        OnnxSignature.FLOAT32,
        ANY,
        input.shape().get(0),
        input.shape().get(1));
    names(
        decoder.file(),
        writer.inputs().keySet(),
        named("tokens", "positions", "past_key.", "past_value.", "cross_key.", "cross_value."));
    Declared first = encoder.outputs().get("cross_key.0");
    int type = first == null ? OnnxSignature.FLOAT32 : first.type();
    if (type != OnnxSignature.FLOAT32 && type != OnnxSignature.FLOAT16) {
      throw differs(file);
    }
    long heads = decoder.heads();
    long each = decoder.headSize();
    for (int i = 0; i < decoder.layers(); i++) {
      tensor(file, encoder.outputs().get("cross_key." + i), type, ANY, heads, each, ANY);
      tensor(file, encoder.outputs().get("cross_value." + i), type, ANY, heads, ANY, each);
      for (String part : new String[] {"key.", "value."}) {
        Declared past = writer.inputs().get("past_" + part + i);
        tensor(decoder.file(), past, type, ANY, heads, ANY, each);
        tensor(decoder.file(), writer.outputs().get(part + i), type, ANY, heads, ANY, each);
      }
      tensor(decoder.file(), writer.inputs().get("cross_key." + i), type, ANY, heads, each, ANY);
      tensor(decoder.file(), writer.inputs().get("cross_value." + i), type, ANY, heads, ANY, each);
    }
    tensor(decoder.file(), writer.inputs().get("tokens"), OnnxSignature.INT64, ANY, ANY);
    tensor(decoder.file(), writer.inputs().get("positions"), OnnxSignature.INT64, ANY);
    tensor(
        decoder.file(),
        writer.outputs().get(output),
        OnnxSignature.FLOAT32,
        ANY,
        ANY,
        decoder.tokens());
    return type == OnnxSignature.FLOAT16;
  }

  private void files(String file, OnnxSignature signature) {
    if (!manifest.files().keySet().containsAll(signature.externalFiles())) {
      throw new ModelException(
          "model.json: files does not list all that %s consists of".formatted(file));
    }
  }

  private Set<String> named(String... names) {
    Set<String> all = new LinkedHashSet<>();
    for (String name : names) {
      for (int i = 0; name.endsWith(".") && i < decoder.layers(); i++) {
        all.add(name + i);
      }
      if (!name.endsWith(".")) {
        all.add(name);
      }
    }
    return all;
  }

  private static void names(String file, Set<String> given, Set<String> wanted) {
    if (!given.equals(wanted)) {
      throw differs(file);
    }
  }

  private static void tensor(String file, Declared tensor, int type, long... shape) {
    if (tensor == null || tensor.type() != type || !tensor.fits(shape)) {
      throw differs(file);
    }
  }

  private static ModelException differs(String file) {
    return new ModelException(
        "model.json: decoder and input differ from the tensors of %s".formatted(file));
  }
}
