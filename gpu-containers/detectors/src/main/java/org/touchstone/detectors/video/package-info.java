/** Faces followed over the consecutive frames of a video, and clips of them, aligned. */
package org.touchstone.detectors.video;
