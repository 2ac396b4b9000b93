/** A small builder of ONNX graphs whose weights stay in the checkpoint until they are written. */
package org.touchstone.checkpoints.onnx;
