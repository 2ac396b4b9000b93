package org.touchstone.models;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.models.ModelRole.Decoder;
import org.touchstone.models.ModelRole.Recogniser;

/** Reads the manifest of a model that turns speech into text. */
final class RecogniserReader implements RoleReader {
  private static final int MAX_LAYERS = 256;
  private static final int MAX_HEADS = 256;
  private static final int MAX_HEAD_SIZE = 1024;
  private static final int MAX_CONTEXT = 1 << 16;
  private static final int MAX_TOKENS = 1 << 20;

  @Override
  public Set<String> fields() {
    return Set.of(
        "input",
        "inputs",
        "extraInputs",
        "extraOutputs",
        "states",
        "output",
        "vocabulary",
        "languages",
        "decoder");
  }

  @Override
  public List<Input> inputs(ManifestFields top) {
    return top.isGiven("decoder")
        ? List.of(InputReader.spectrum(top.object("input")))
        : RoleReader.sound(top, false);
  }

  @Override
  public Recogniser role(ManifestFields top, List<Input> inputs, Set<String> files) {
    ManifestFields output = top.object("output").allow(Set.of("name"));
    String vocabulary = top.text("vocabulary");
    if (!files.contains(vocabulary)) {
      throw ManifestFields.bad("vocabulary", "must be one of the model's files");
    }
    Optional<Decoder> decoder =
        top.isGiven("decoder") ? Optional.of(decoder(top, files)) : Optional.empty();
    return new Recogniser(output.text("name"), vocabulary, top.texts("languages"), decoder);
  }

  private static Decoder decoder(ManifestFields top, Set<String> files) {
    ManifestFields fields =
        top.object("decoder")
            .allow(Set.of("file", "layers", "heads", "headSize", "context", "tokens"));
    String file = fields.text("file");
    if (!files.contains(file)) {
      throw ManifestFields.bad("decoder.file", "must be one of the model's files");
    }
    for (String other : List.of("inputs", "extraInputs", "extraOutputs", "states")) {
      if (top.isGiven(other)) {
        throw ManifestFields.bad(other, "do not go with a decoder");
      }
    }
    return new Decoder(
        file,
        fields.integer("layers", 1, MAX_LAYERS, null),
        fields.integer("heads", 1, MAX_HEADS, null),
        fields.integer("headSize", 1, MAX_HEAD_SIZE, null),
        fields.integer("context", 2, MAX_CONTEXT, null),
        fields.integer("tokens", 1, MAX_TOKENS, null));
  }
}
