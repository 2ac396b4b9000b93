package org.touchstone.checkpoints.networks.whisper;

import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.read.StateDict;

/** The names that a checkpoint gives to Whisper's tensors: those of OpenAI or of Hugging Face. */
enum TensorNames {
  OPENAI(""),
  HUGGING_FACE("model."),
  /** Hugging Face's, of the network without its output layer. */
  HUGGING_FACE_BARE("");

  /** OpenAI's parts of names and Hugging Face's; of two that match, the longer one is first. */
  private static final List<Map.Entry<String, String>> PARTS =
      List.of(
          Map.entry("encoder.positional_embedding", "encoder.embed_positions.weight"),
          Map.entry("decoder.positional_embedding", "decoder.embed_positions.weight"),
          Map.entry("decoder.token_embedding", "decoder.embed_tokens"),
          Map.entry("encoder.ln_post", "encoder.layer_norm"),
          Map.entry("decoder.ln", "decoder.layer_norm"),
          Map.entry(".blocks.", ".layers."),
          Map.entry(".cross_attn_ln", ".encoder_attn_layer_norm"),
          Map.entry(".attn_ln", ".self_attn_layer_norm"),
          Map.entry(".mlp_ln", ".final_layer_norm"),
          Map.entry(".cross_attn.", ".encoder_attn."),
          Map.entry(".attn.", ".self_attn."),
          Map.entry("_attn.query", "_attn.q_proj"),
          Map.entry("_attn.key", "_attn.k_proj"),
          Map.entry("_attn.value", "_attn.v_proj"),
          Map.entry("_attn.out", "_attn.out_proj"),
          Map.entry(".mlp.0", ".fc1"),
          Map.entry(".mlp.2", ".fc2"));

  private final String prefix;

  TensorNames(String prefix) {
    this.prefix = prefix;
  }

  static TensorNames of(StateDict weights) {
    if (weights.anyUnder("model.encoder.")) {
      return HUGGING_FACE;
    }
    return weights.anyUnder("encoder.layers.") ? HUGGING_FACE_BARE : OPENAI;
  }

  /**
   * The name of a tensor, or of a layer with several.
   *
   * @param name its name in OpenAI's files
   */
  String of(String name) {
    if (this == OPENAI) {
      return name;
    }
    String other = name;
    for (Map.Entry<String, String> part : PARTS) {
      other = other.replace(part.getKey(), part.getValue());
    }
    return prefix + other;
  }
}
