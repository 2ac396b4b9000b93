/**
 * ONNX models run by DJL with ONNX Runtime: sessions, batches, and the check that a graph matches
 * its manifest.
 */
package org.touchstone.detectors.inference;
