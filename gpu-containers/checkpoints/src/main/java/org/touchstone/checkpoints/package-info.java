/**
 * The import of published checkpoints as models that the endpoints run: a checkpoint is read,
 * checked, laid out as an ONNX graph and written with a manifest.
 */
package org.touchstone.checkpoints;
