/** Faces followed over the consecutive frames of a video. */
package org.touchstone.detectors.faces.tracking;
