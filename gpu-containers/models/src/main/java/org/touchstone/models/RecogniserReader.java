package org.touchstone.models;

import java.util.List;
import java.util.Set;
import org.touchstone.models.ModelRole.Recogniser;

/** Reads the manifest of a model that turns speech into text. */
final class RecogniserReader implements RoleReader {
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
        "languages");
  }

  @Override
  public List<Input> inputs(ManifestFields top) {
    return RoleReader.sound(top);
  }

  @Override
  public Recogniser role(ManifestFields top, List<Input> inputs, Set<String> files) {
    ManifestFields output = top.object("output").allow(Set.of("name"));
    String vocabulary = top.text("vocabulary");
    if (!files.contains(vocabulary)) {
      throw ManifestFields.bad("vocabulary", "must be one of the model's files");
    }
    return new Recogniser(output.text("name"), vocabulary, top.texts("languages"));
  }
}
