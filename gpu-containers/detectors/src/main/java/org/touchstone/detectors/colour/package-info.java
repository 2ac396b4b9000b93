/** Colours of video: from high dynamic range and wide gamut to what screens and models expect. */
package org.touchstone.detectors.colour;
