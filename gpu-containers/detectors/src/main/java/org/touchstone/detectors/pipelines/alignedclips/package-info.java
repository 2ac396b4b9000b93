/**
 * FTCN and StyleFlow: whether a face moves as faces do, in clips of consecutive frames aligned by
 * its landmarks.
 */
package org.touchstone.detectors.pipelines.alignedclips;
