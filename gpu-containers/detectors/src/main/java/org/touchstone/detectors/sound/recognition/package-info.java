/** Speech recognition: what is said. */
package org.touchstone.detectors.sound.recognition;
