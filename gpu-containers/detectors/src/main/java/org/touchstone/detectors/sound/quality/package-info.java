/** How good a sound is for detectors of voices, and what keeps them from judging it. */
package org.touchstone.detectors.sound.quality;
