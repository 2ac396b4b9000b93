package org.touchstone.checkpoints.networks.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.checkpoints.ImportProgress;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.checkpoints.Precision;
import org.touchstone.checkpoints.tensor.CheckpointException;
import org.touchstone.domain.Json;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.formula.ScriptedSpeech;

class WhisperImportTest {
  @TempDir Path folder;

  @Test
  void importsOpenAisFileWithItsVocabulary() throws IOException {
    InstalledModel model = imported(openAi(), tiktoken());

    assertThat(model.manifest().role()).isInstanceOf(ModelRole.Recogniser.class);
    ModelRole.Recogniser role = (ModelRole.Recogniser) model.manifest().role();
    assertThat(role.languages()).hasSize(99).startsWith("en", "zh", "de").endsWith("su");
    ModelRole.Decoder decoder = role.decoder().orElseThrow();
    assertThat(decoder.layers()).isEqualTo(1);
    assertThat(decoder.heads() * decoder.headSize()).isEqualTo(64);
    assertThat(decoder.context()).isEqualTo(64);
    Input.Spectrum input = (Input.Spectrum) model.manifest().input();
    assertThat(input.bands()).isEqualTo(80);
    assertThat(input.frames()).isEqualTo(3000);
    assertThat(model.manifest().files())
        .containsOnlyKeys(
            "model.onnx", "model.onnx.data", "decoder.onnx", "decoder.onnx.data", "vocabulary.txt");
    new ModelStore(folder.resolve("models")).verify(model);
    List<String> lines = Files.readAllLines(model.folder().resolve(role.vocabulary()));
    assertThat(lines).hasSize(decoder.tokens() - 8 - 1501 - 99);
  }

  @Test
  void importsHuggingFacesNamesToTheSameModel() throws IOException {
    InstalledModel model = imported(openAi(), tiktoken());
    List<FormulaTensor> renamed =
        ScriptedSpeech.tensors().stream().map(t -> t.named(huggingFace(t.name()))).toList();
    Path file = CheckpointWriter.safetensors(folder.resolve("model.safetensors"), renamed);

    assertThat(imported(file, tiktoken()).manifest().files())
        .containsAllEntriesOf(weights(model.manifest().files()));
  }

  private static Map<String, String> weights(Map<String, String> files) {
    Map<String, String> weights = new HashMap<>(files);
    weights.keySet().removeIf(name -> name.endsWith(".onnx"));
    assertThat(weights).hasSize(3);
    return weights;
  }

  private static String huggingFace(String name) {
    return TensorNames.HUGGING_FACE.of(name);
  }

  @ParameterizedTest
  @CsvSource({
    "encoder.blocks.3.attn.query.weight, model.encoder.layers.3.self_attn.q_proj.weight",
    "decoder.blocks.0.cross_attn.out.bias, model.decoder.layers.0.encoder_attn.out_proj.bias",
    "decoder.blocks.0.cross_attn_ln.bias, model.decoder.layers.0.encoder_attn_layer_norm.bias",
    "decoder.blocks.0.attn_ln.weight, model.decoder.layers.0.self_attn_layer_norm.weight",
    "encoder.blocks.0.mlp_ln.weight, model.encoder.layers.0.final_layer_norm.weight",
    "encoder.blocks.0.mlp.2.bias, model.encoder.layers.0.fc2.bias",
    "encoder.ln_post.weight, model.encoder.layer_norm.weight",
    "decoder.ln.bias, model.decoder.layer_norm.bias",
    "encoder.conv1.weight, model.encoder.conv1.weight",
    "encoder.positional_embedding, model.encoder.embed_positions.weight",
    "decoder.token_embedding.weight, model.decoder.embed_tokens.weight",
  })
  void knowsHuggingFacesNames(String openAi, String huggingFace) {
    assertThat(huggingFace(openAi)).isEqualTo(huggingFace);
  }

  @Test
  void readsHuggingFacesVocabularyToTheSameModel() throws IOException {
    InstalledModel model = imported(openAi(), tiktoken());
    ObjectNode vocab = Json.mapper().createObjectNode();
    int id = 0;
    for (String line :
        new String(ScriptedSpeech.vocabulary(), StandardCharsets.US_ASCII).lines().toList()) {
      byte[] bytes = Base64.getDecoder().decode(line.split(" ")[0]);
      StringBuilder token = new StringBuilder();
      for (byte b : bytes) {
        // Space, control characters and DEL stand at U+0100 and after, as GPT-2 has them.
        token.append((char) (b == 0x7f ? 0x121 : b <= ' ' ? 0x100 + b : b));
      }
      vocab.put(token.toString(), id++);
    }
    vocab.put("<|endoftext|>", id);
    Path plain = Files.write(folder.resolve("vocab.json"), Json.bytes(vocab));
    assertThat(imported(openAi(), plain).manifest()).isEqualTo(model.manifest());
    ObjectNode tokenizer = Json.mapper().createObjectNode();
    tokenizer.putObject("model").set("vocab", vocab);
    Path whole = Files.write(folder.resolve("tokenizer.json"), Json.bytes(tokenizer));
    assertThat(imported(openAi(), whole).manifest()).isEqualTo(model.manifest());
  }

  @Test
  void saysThatTheVocabularyIsMissing() {
    assertThatThrownBy(() -> imported(openAi()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("one vocabulary is needed: vocab.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpt2.tiktoken | YQ== 0 | a vocabulary of another model; it has 1 tokens",
        "gpt2.tiktoken | YQ== | a line is not a token and its number",
        "gpt2.tiktoken | YQ== 1 | it has no token with the number 0",
        "gpt2.tiktoken | Y! 0 | a token is not in Base64",
        "gpt2.tiktoken | YQ== 9999999 | the number of a token is out of range",
        "vocab.json | [] | it is not a vocabulary",
        "vocab.json | { | not JSON",
        "vocab.json | {\"a\": -4} | the number of a token is out of range",
        "vocab.json | {\"\u4e2d\": 0} | a token is not one of bytes",
      })
  void rejectsAWrongVocabulary(String name, String content, String message) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    assertThatThrownBy(() -> imported(openAi(), file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(name + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void namesWhatAnotherNetworkLacks() throws IOException {
    Path other =
        CheckpointWriter.safetensors(
            folder.resolve("other.safetensors"), List.of(FormulaTensor.of("fc.weight", 2, 2)));
    assertThatThrownBy(() -> imported(other, tiktoken()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("missing: encoder.")
        .hasMessageContaining("unexpected: fc.weight");
  }

  private Path openAi() throws IOException {
    return CheckpointWriter.zip(
        folder.resolve("base.pt"), "model_state_dict", ScriptedSpeech.tensors());
  }

  private Path tiktoken() throws IOException {
    return Files.write(folder.resolve("multilingual.tiktoken"), ScriptedSpeech.vocabulary());
  }

  private InstalledModel imported(Path... files) {
    Path root = folder.resolve("models");
    new ModelImporter(root)
        .importModel(
            new ImportRequest("whisper", List.of(files), Precision.FP32), ImportProgress.NONE);
    return new ModelStore(root).find("whisper").orElseThrow();
  }
}
