/**
 * ONNX models run by DJL with ONNX Runtime: sessions, batches, and the check that a graph is what
 * its manifest says.
 */
package org.touchstone.detectors.inference;
