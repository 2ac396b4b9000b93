package org.touchstone.models;

import java.util.List;
import java.util.Set;
import org.touchstone.models.ModelRole.VoiceActivity;

/** Reads the manifest of a model that tells speech from everything else. */
final class VoiceActivityReader implements RoleReader {
  private static final double THRESHOLD = 0.5;

  @Override
  public Set<String> fields() {
    return Set.of(
        "input", "inputs", "extraInputs", "extraOutputs", "states", "output", "threshold");
  }

  @Override
  public List<Input> inputs(ManifestFields top) {
    return RoleReader.sound(top, true);
  }

  @Override
  public VoiceActivity role(ManifestFields top, List<Input> inputs, Set<String> files) {
    ManifestFields output = top.object("output").allow(Set.of("name"));
    return new VoiceActivity(output.text("name"), top.number("threshold", 0, 1, THRESHOLD));
  }
}
