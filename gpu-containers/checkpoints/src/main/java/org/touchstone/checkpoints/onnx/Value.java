package org.touchstone.checkpoints.onnx;

/**
 * A tensor of a graph.
 *
 * @param name unique in its graph
 */
public record Value(String name, OnnxType type) {}
