/**
 * Clips of consecutive frames of one face, aligned by its landmarks, as FTCN and StyleFlow need
 * them.
 */
package org.touchstone.detectors.pipelines.alignedclips;
