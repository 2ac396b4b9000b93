/** Detectors and the frames, faces and images they share. */
package org.touchstone.detectors;
