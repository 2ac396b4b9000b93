/** Voice activity: where somebody speaks. */
package org.touchstone.detectors.sound.voice;
