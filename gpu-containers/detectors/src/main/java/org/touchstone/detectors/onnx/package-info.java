/** ONNX models run by DJL with ONNX Runtime, and the detector that any such model can be. */
package org.touchstone.detectors.onnx;
