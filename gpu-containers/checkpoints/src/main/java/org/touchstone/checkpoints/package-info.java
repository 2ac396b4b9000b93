/**
 * Published checkpoints become models that the endpoints run: read, checked, laid out as an ONNX
 * graph, written with a manifest.
 */
package org.touchstone.checkpoints;
