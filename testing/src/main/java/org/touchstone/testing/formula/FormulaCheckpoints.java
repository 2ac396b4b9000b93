package org.touchstone.testing.formula;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checkpoint files of all published networks, wrapped and named as by their authors, with weights
 * by formula. They stand for the files that an organisation imports, without containing anyone's
 * weights.
 */
public final class FormulaCheckpoints {
  private final Path folder;
  private final Map<String, List<Path>> files = new LinkedHashMap<>();

  private FormulaCheckpoints(Path folder) {
    this.folder = folder;
  }

  /** Narrow networks with the published layout: a hundred megabytes, one second each. */
  public static Map<String, List<Path>> reduced(Path folder) throws IOException {
    FormulaCheckpoints checkpoints = new FormulaCheckpoints(folder);
    checkpoints.put(
        "genconvit",
        CheckpointWriter.zip(
            folder.resolve("genconvit_ed_inference.pth"), "", keys("genconvit-ed-small")));
    checkpoints.clips("ftcn-small");
    checkpoints.distilDire("distildire-small");
    checkpoints.universalFakeDetect("clip-vit-small");
    checkpoints.openDetectors("timm-vit-small", "gend-small", "dinov2-lora-small");
    checkpoints.speech();
    checkpoints.recogniser();
    checkpoints.faces();
    return checkpoints.files;
  }

  /** All networks at their published size: nine gigabytes. */
  public static Map<String, List<Path>> full(Path folder) throws IOException {
    FormulaCheckpoints checkpoints = new FormulaCheckpoints(folder);
    List<FormulaTensor> vae = new ArrayList<>(keys("genconvit-vae"));
    vae.addAll(FormulaTensor.of("genconvit-vae", "ignored_keys"));
    checkpoints.put(
        "genconvit",
        CheckpointWriter.zip(
            folder.resolve("genconvit_ed_inference.pth"), "", keys("genconvit-ed")),
        CheckpointWriter.zip(folder.resolve("genconvit_vae_inference.pth"), "", vae));
    checkpoints.clips("ftcn");
    checkpoints.distilDire("distildire");
    checkpoints.universalFakeDetect("clip-vit-l14");
    checkpoints.openDetectors("timm-vit-s16-384", "gend-clip-l14", "dinov2-lora-l14");
    checkpoints.recogniser();
    checkpoints.faces();
    return checkpoints.files;
  }

  private void clips(String network) throws IOException {
    put("ftcn", CheckpointWriter.zip(folder.resolve("ftcn_tt.pth"), "", keys(network)));
    put("styleflow", CheckpointWriter.legacy(folder.resolve("styleflow.pth"), keys(network)));
  }

  private void distilDire(String network) throws IOException {
    List<FormulaTensor> student =
        FormulaTensor.of(network, "student_keys").stream()
            .map(tensor -> tensor.named("module." + tensor.name()))
            .toList();
    put(
        "distil-dire",
        CheckpointWriter.zip(
            folder.resolve("256x256_diffusion_uncond.pt"),
            "",
            FormulaTensor.of(network, "unet_keys")),
        CheckpointWriter.zip(folder.resolve("imagenet-distil-dire-11e.pth"), "model", student));
  }

  private void universalFakeDetect(String network) throws IOException {
    put(
        "ufd",
        CheckpointWriter.safetensors(folder.resolve("model.safetensors"), keys(network)),
        CheckpointWriter.zip(
            folder.resolve("head.pth"), "model", FormulaTensor.of(network, "head_keys")));
  }

  private void openDetectors(String commfor, String gend, String dda) throws IOException {
    put(
        "commfor",
        CheckpointWriter.safetensors(folder.resolve("commfor.safetensors"), keys(commfor)));
    put("gend", CheckpointWriter.safetensors(folder.resolve("gend.safetensors"), keys(gend)));
    List<FormulaTensor> parallel =
        keys(dda).stream().map(tensor -> tensor.named("module." + tensor.name())).toList();
    put("dda", CheckpointWriter.zip(folder.resolve("DDA_ckpt.pth"), "model", parallel));
  }

  /** Classifiers of speech: wav2vec 2.0 at its golden vectors' only size, and AASIST-L. */
  private void speech() throws IOException {
    put(
        "wav2vec2",
        CheckpointWriter.safetensors(
            folder.resolve("wav2vec2.safetensors"),
            FormulaTensor.of("wav2vec2-small", "/nets/stable/keys")));
    put(
        "aasist",
        CheckpointWriter.zip(
            folder.resolve("AASIST-L.pth"),
            "",
            FormulaTensor.of("aasist", "/cases/AASIST-L/keys")));
  }

  private void recogniser() throws IOException {
    put(
        "whisper",
        CheckpointWriter.zip(
            folder.resolve("base.pt"), "model_state_dict", ScriptedSpeech.tensors()),
        Files.write(folder.resolve("multilingual.tiktoken"), ScriptedSpeech.vocabulary()));
  }

  private void faces() throws IOException {
    put(
        "retinaface",
        CheckpointWriter.zip(
            folder.resolve("mobilenet0.25_Final.pth"), "", ConstantFaces.tensors()));
  }

  private void put(String detector, Path... paths) {
    files.put(detector, List.of(paths));
  }

  private static List<FormulaTensor> keys(String network) {
    return FormulaTensor.of(network, "keys");
  }
}
